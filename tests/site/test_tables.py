"""Which tables become cards on a phone."""

from __future__ import annotations

import pytest

from scripts.site.tables import readable

TABLE = (
    "<table>\n<thead>\n<tr>\n<th>键</th>\n<th>是什么</th>\n</tr>\n</thead>\n"
    "<tbody>\n<tr>\n<td>{}</td>\n<td>断了多久</td>\n</tr>\n</tbody>\n</table>"
)


@pytest.mark.parametrize("name", ["<code>benefits_resume_on</code>", '<a href="x">api/schema/assessment.json</a>'])
def test_a_long_name_leaves_no_room_beside_it(name):
    assert '<td data-yb-head="键"' in readable(TABLE.format(name))
    assert '<td data-yb-head="是什么"' in readable(TABLE.format(name))


@pytest.mark.parametrize("name", ["<code>lapse</code>", "国家医保服务平台的网站和手机应用", "国家医保服务平台 APP"])
def test_words_that_break_keep_their_two_columns(name):
    assert "data-yb-cards" not in readable(TABLE.format(name))
