"""Where a written place lies, seen from a region."""

from __future__ import annotations

import pytest

from saiwu.rules.places import Region, Whereabouts

INSIDE, OUTSIDE, UNKNOWN = Whereabouts.INSIDE, Whereabouts.OUTSIDE, Whereabouts.UNKNOWN


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("重庆", INSIDE),
        ("重庆市渝北区龙溪街道", INSIDE),
        ("中国重庆", INSIDE),
        ("渝北区", INSIDE),
        ("沙坪坝", INSIDE),
        ("江北区华新街街道", INSIDE),  # Ningbo has one too, but no other city is named
        ("两江新区", INSIDE),
        ("万盛经开区", INSIDE),
        ("石柱县", INSIDE),
        ("酉阳土家族苗族自治县", INSIDE),
        ("渝中区中山四路36号", INSIDE),
        ("渝北区黄山大道中段", INSIDE),
        ("重庆市北京路", INSIDE),
        ("重庆大学", INSIDE),
        ("四川美术学院", INSIDE),  # in Chongqing, whatever its name says
        ("四川省", OUTSIDE),
        ("四川成都", OUTSIDE),
        ("成都", OUTSIDE),
        ("成都高新区", OUTSIDE),
        ("四川省成都市重庆路1号", OUTSIDE),
        ("浙江省宁波市江北区", OUTSIDE),
        ("宁波江北区", OUTSIDE),
        ("江苏省昆山市", OUTSIDE),
        ("昆山市", OUTSIDE),
        ("内蒙古自治区呼和浩特市", OUTSIDE),
        ("湖南南县", OUTSIDE),
        ("凉山州西昌市", OUTSIDE),
        ("香港特别行政区", OUTSIDE),
        ("四川大学", OUTSIDE),
        ("哈尔滨工业大学", OUTSIDE),
        ("渝北区，现居四川省成都市", OUTSIDE),  # a province or city that is named decides
        ("朝阳区", UNKNOWN),
        ("高新区科学大道", UNKNOWN),
        ("重庆路12号", UNKNOWN),
        ("北京路", UNKNOWN),
        ("西南大学", UNKNOWN),
        ("某某镇", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_province_or_city_decides_and_else_a_district_of_the_region(text, where):
    assert Region("重庆市", "50").whereabouts(text) is where


@pytest.mark.parametrize(
    ("region", "text", "where"),
    [
        (Region("成都市", None), "四川省成都市", INSIDE),
        (Region("成都市", None), "锦江区", INSIDE),
        (Region("成都市", None), "四川省", UNKNOWN),  # where in it?
        (Region("成都市", None), "四川省绵阳市", OUTSIDE),
        (Region("成都市", None), "重庆市", OUTSIDE),
        (Region("四川省", "51"), "绵阳", INSIDE),
        (Region("四川省", "51"), "凉山彝族自治州", INSIDE),
        (Region(None, "50"), "重庆市", INSIDE),
        (Region("清禾市", "500195"), "清禾市禾光路", INSIDE),  # invented: known by its own name alone
        (Region("清禾市", "500195"), "清禾", INSIDE),
        (Region("清禾市", "500195"), "四川省", OUTSIDE),
        (Region("清禾市", "500195"), "竹溪镇", UNKNOWN),
        (Region("青石县"), "青石县", INSIDE),
        (Region("青石县"), "四川省青石县", INSIDE),
        (Region("青石县"), "四川省", UNKNOWN),  # nobody has said in which province it lies
        (Region("青石县"), "成都市", OUTSIDE),
        (Region(None), "重庆市", UNKNOWN),
    ],
)
def test_any_region_can_be_the_one_of_a_notice(region, text, where):
    assert region.whereabouts(text) is where
