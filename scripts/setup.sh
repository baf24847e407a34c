#!/usr/bin/env bash
# Set-up in the checkout, from the locks alone: .venv (setup.sh python) and node_modules (setup.sh node).
set -euo pipefail
cd "$(dirname "$0")/.."
export PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

fail() { printf '%s\n' "$1" >&2; exit 1; }
as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if command -v "$name" >/dev/null && new_enough "$name"; then command -v "$name"; return; fi
  done
  fail '没有找到 Python 3.11 或更新的版本。请先安装(Debian:apt-get install python3 python3-venv),再运行一次。'
}

# Why an installation failed, and what mends it, from its log ($1). $2: what is said where the log does not tell.
why() {
  if grep -Eqi 'ENOSPC|No space left' "$1"; then echo '磁盘满了。请腾出一些地方(工具约要 2 GB)'
  elif grep -Eqi 'EDQUOT|Disk quota exceeded' "$1"; then echo '磁盘配额用完了。请腾出一些地方(工具约要 2 GB)'
  elif grep -Eqi 'EROFS|Read-only file system' "$1"; then echo '这个文件夹只能读,不能写。请换一个能写的文件夹'
  elif grep -Eqi 'EACCES|Permission denied' "$1"; then echo '没有权限写。请改好这个文件夹的权限,或换一个能写的文件夹'
  elif grep -Eqi 'DO NOT MATCH THE HASHES|EINTEGRITY' "$1"; then
    echo '下载到的文件和锁定的校验值不一样,没有用它(可能下载坏了,也可能被人换过)。请换一个网络或镜像'
  else echo "$2"; fi
}

# Run a long command with its output in a log and a dot every five seconds. $1: the log.
with_dots() {
  local log=$1 seconds=0 pid
  shift
  "$@" </dev/null >>"$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if [ $((seconds % 5)) = 0 ]; then printf '·'; fi
  done
  if [ "$seconds" -ge 5 ]; then echo; fi
  wait "$pid"
}

# A Debian without python3-venv has no ensurepip: add the package where we may, else lend pip from outside.
make_venv() {
  "$1" -m venv --clear .venv >build/setup.log 2>&1 && return
  if as_root; then
    echo '  缺 python3-venv,用 apt-get 安装……'
    with_dots build/setup.log apt-get update &&
      DEBIAN_FRONTEND=noninteractive with_dots build/setup.log apt-get install -y --no-install-recommends python3-venv &&
      "$1" -m venv --clear .venv >>build/setup.log 2>&1 && return
  fi
  "$1" -m venv --clear --without-pip .venv >>build/setup.log 2>&1 &&
    "$1" -m pip --python .venv/bin/python install -q pip >>build/setup.log 2>&1 && return
  fail "建不成 Python 虚拟环境 .venv:$(why build/setup.log "请先安装 python3-venv(Debian:apt-get install python3-venv)"),再运行一次;详情见 build/setup.log。"
}

pip_install() {
  with_dots build/setup.log .venv/bin/python -m pip install -q --require-hashes "$@" && return
  fail "装不上 Python 工具:$(why build/setup.log "请检查网络(要能用 pip 安装包)"),再运行一次;详情见 build/setup.log。"
}

setup_python() {
  local python
  python=$(find_python)
  if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    echo "建立 Python 环境 .venv($("$python" --version))……"
    make_venv "$python"
  fi
  echo '安装 Python 工具(第一次约半分钟)……'
  pip_install -r requirements-setup.txt
  pip_install --no-build-isolation -r requirements.txt
  done_with .venv/.ready
}

setup_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail '没有找到 Node 和 npm。请先安装 Node 20 或更新的版本,再运行一次。'
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] ||
    fail "Node 太旧($(node --version)),需要 20 或更新的版本。请先升级,再运行一次。"
  echo '安装 Node 工具和浏览器里的 Python(第一次约十几秒)……'
  if ! with_dots build/setup-node.log npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
    fail "装不上 Node 工具:$(why build/setup-node.log "请检查网络(要能用 npm 安装包)"),再运行一次;详情见 build/setup-node.log。"
  fi
  done_with node_modules/.ready
}

done_with() { touch "$1" 2>/dev/null || fail "写不了 $1。请看磁盘是不是满了、这个文件夹能不能写,再运行一次。"; }

{ mkdir -p build && : >build/.writable && rm build/.writable; } 2>/dev/null ||
  fail "写不了 $PWD/build。请看磁盘是不是满了、这个文件夹能不能写,再运行一次。"
case "${1:-}" in
  python) rm -f build/setup.log; setup_python ;;
  node) rm -f build/setup-node.log; setup_node ;;
  *) fail '用法:scripts/setup.sh python|node' ;;
esac
