# make            this list        make site      the site, the offline bundle and the wheel
# make test       every test but the slow ones
SHELL := /bin/bash
PY := .venv/bin/python
UV ?= uv
PORT ?= 8000
# Playwright brings a Node of its own that wants a library which a bare Debian lacks; ours is there anyway.
export PLAYWRIGHT_NODEJS_PATH ?= $(shell command -v node)
.DEFAULT_GOAL := help
.PHONY: help setup site rebuild rules new-rule preview diff worklist test check check-changed fresh sources release cards looks serve hosting deploy rollback nightly forward audit covered kept mutants fuzz bench lighthouse markup lint types walls unit browser locks clean distclean

help: ## 列出全部命令
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: .venv/.ready node_modules/.ready ## 装好工具(下面的命令都会先做这一步)

.venv/.ready: requirements-setup.txt requirements.txt
	@bash scripts/setup.sh python

node_modules/.ready: package.json package-lock.json .npmrc
	@bash scripts/setup.sh node

site: setup ## 建网站 site/、离线包和 wheel(dist/);没有改动就什么也不做
	@$(PY) -m scripts.build

rebuild: setup ## 没有改动也重建
	@$(PY) -m scripts.build --force

rules: setup ## 只检查规则文件,核对里面的例子
	@$(PY) -m scripts.curate.schemas
	@$(PY) -m scripts.build --rules

new-rule: setup ## 新写一条规则:make new-rule PLACE=330400 SCHEME=flexible TOPIC=restoration
	@$(PY) -m scripts.curate.new_rule --place "$(PLACE)" --scheme "$(SCHEME)" --topic "$(TOPIC)" \
	  --document "$(DOCUMENT)" --suffix "$(SUFFIX)"

preview: setup ## 边改规则边看页面,改了文件页面自己会变(make preview PORT=8000)
	@$(PY) -m scripts.curate.preview --port $(PORT)

diff: setup ## 规则改动让哪些答案变了(和 BASE 比,不写就是上一次提交)
	@$(PY) -m scripts.curate.diff --base "$(or $(BASE),HEAD)"

worklist: setup ## 还有哪些要核实,最有用的在前(可写 PLACE=330000、ALL=1)
	@$(PY) -m scripts.curate.worklist --place "$(PLACE)" $(if $(ALL),--all)

test: site browser ## 全部测试(慢的除外),包括真浏览器里的
	@$(MAKE) --no-print-directory lint types walls
	@$(PY) -m pytest -m 'not slow' -n 2 --dist loadfile
	@$(MAKE) --no-print-directory covered
	@$(MAKE) --no-print-directory mutants COUNT=300

unit: setup ## 只跑不用浏览器的测试
	@$(PY) -m pytest -m 'not slow and not browser'

nightly: site browser ## 慢的测试
	@$(PY) -m pytest -m slow
	@HYPOTHESIS_PROFILE=nightly $(PY) -m pytest tests/property -n 2
	@$(MAKE) --no-print-directory markup forward mutants fuzz

forward: site ## 换一个网站生成器行不行:同样的页面用 ProperDocs 和 Zensical 各排一遍,一页一页和现在的比
	@$(PY) -m scripts.forward

audit: setup ## 锁定的依赖有没有已知的漏洞(要有网络;没查到会说,要算失败就写 STRICT=1)
	@$(PY) -m scripts.audit $(if $(STRICT),--strict)

covered: setup ## 计算器的每个分支都有测试跑到
	@$(PY) -m tests.mutation.cover

kept: setup ## 把 tests/kept/answers 里的整份答案改写成现在的(改写后用 git diff 一条一条看)
	@$(PY) -m tests.kept.take_away

mutants: setup ## 改坏计算器的每一处,看测试发现不发现(只抽查一些:make mutants COUNT=300;只看一个文件:ONLY=calculator/words.py)
	@$(PY) -W ignore -m tests.mutation.run $(or $(COUNT),$(ONLY))

fuzz: setup build/fuzz/.ready ## 往计算器里扔乱写的输入(FOR=600 秒),找到的留在 tests/fuzz/found/
	@YIBAO_PREPARED="$$($(PY) -m tests.prepared)" PYTHONPATH=build/fuzz $(PY) tests/fuzz/fuzz.py $(or $(FOR),600)

build/fuzz/.ready: requirements-fuzz.txt
	@$(PY) -m pip install -q --upgrade --disable-pip-version-check --require-hashes --target build/fuzz -r requirements-fuzz.txt
	@touch $@

check: setup ## 走遍全部问题,证明规则书没有漏洞(几分钟)
	@$(PY) -m scripts.check

check-changed: setup ## 只走改动碰到的地方,二十秒内(和 BASE 比,不写就是上一次提交)
	@$(PY) -m scripts.check --changed "$(or $(BASE),HEAD)"

fresh: setup ## 列出过了复查日的规则,有就失败(给定时任务用)
	@$(PY) -m scripts.fresh

sources: setup ## 有网络时:看看出处的官方网页变了没有(给定时任务用)
	@$(PY) -m scripts.sources

cards: setup ## 页面的标题或图标改了以后:重画转发链接时显示的图片(要浏览器和中文字体)
	@$(PY) -m scripts.cards

looks: site browser ## 样张:每一种页面、每一种样子,一页看完(build/looks/index.html;只画几种:make looks ONLY="home place")
	@$(PY) -m scripts.looks $(ONLY)

release: setup ## 发布:留存规则书,核对版本和提交,做好 dist/release/<版本>/(要运行两次,中间提交)
	@$(PY) -m scripts.releases add
	@$(PY) -m scripts.shipping ready
	@$(MAKE) --no-print-directory site
	@$(PY) -m scripts.shipping pack

serve: site ## 在 127.0.0.1 打开 site/(make serve PORT=8000)
	@$(PY) -m scripts.serve site --port $(PORT)

hosting: site ## 做服务器要用的设置和压缩好的网站,放在 build/hosting/(路径、域名:make hosting WITH="--prefix /yibao/ --name 域名")
	@$(PY) -m scripts.hosting make $(WITH)

deploy: setup ## 把 build/hosting/ 里的网站放到服务器的文件夹里,一步换上(make deploy TO=/srv/yibao)
	@$(PY) -m scripts.hosting put --to $(or $(TO),/srv/yibao)

rollback: setup ## 退回服务器上的前一版(make rollback TO=/srv/yibao)
	@$(PY) -m scripts.hosting back --to $(or $(TO),/srv/yibao)

bench: site ## 量要多久,看约定守住没有(只量一样:make bench ONLY=build)
	@$(PY) -m scripts.bench $(ONLY)

lighthouse: site ## Lighthouse 怎样评每一种页面,五次取中位数(第一次要装工具;要 Chromium)
	@$(PY) -m scripts.bench lighthouse $(if $(QUICK),--quick)

markup: site ## 每一页的 HTML 写得对不对,用 Nu 检查器(第一次要装工具;要 java)
	@$(PY) -m scripts.markup

lint: setup ## 代码风格
	@$(PY) -m ruff check calculator scripts tests

types: setup ## 类型检查(Python 和 JavaScript)
	@$(PY) -m mypy
	@if [ -f docs/widget/tsconfig.json ]; then node_modules/.bin/tsc -p docs/widget && node_modules/.bin/tsc -p docs/hosted && node_modules/.bin/tsc -p docs/search && node_modules/.bin/tsc -p docs/finder; fi

walls: setup ## 谁可以用谁;太长的、没人用的、绕圈子的
	@.venv/bin/lint-imports --no-cache --no-logo
	@$(PY) -m scripts.walls

browser: setup ## 只装测试用的浏览器
	@$(PY) -m scripts.browser

locks: ## 重新锁定依赖的版本(需要 uv 和 npm)
	@bash scripts/locks.sh "$(UV)"

clean: ## 删掉建出来的东西
	rm -rf build site dist calculator/rulebook.json

distclean: clean ## 连工具一起删掉
	rm -rf .venv node_modules
