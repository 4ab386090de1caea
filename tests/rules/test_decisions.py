"""What may be put together: a table of decisions, to be read as the specification of the rules."""

from typing import NamedTuple

import pytest

from transfer_cli.messages import speaking
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.rules import growth, overlap
from transfer_cli.rules.decision import Record, decide

VOCABULARY = Vocabulary()
UNITS = {"projects": "个", "jobs": "万个", "output_share": "%", "value_added_growth": "%",
         "gdp_share": "%", "output_growth": "%", "growth_lead": "个百分点",
         "national_rank": "位", "rank_change": "位", "my_lead": "个百分点", "my_share": "%",
         "my_rank": "位", "cell_capacity": "GW", "module_capacity": "GW",
         "prospects": "家", "prospect_institutes": "个"}  # fmt: skip


def figure(line):
    """A record from words such as ``tax signed 2023 Yunnan/Wenshan prefecture``.

    ``-`` is a cell that is empty; ``name=value`` sets a column, ``@whole`` says what contains it.
    """
    printed = ["" if word == "-" else word for word in line.split()]
    id_, code, status, period, where, scope, *rest = printed
    province, _, place = where.partition("/")
    more = dict(item.split("=") for item in rest if "=" in item)
    wholes = tuple(item[1:] for item in rest if item.startswith("@"))
    indicator = VOCABULARY.indicators.get(code)
    cells = {"subject": "", "industry": "", **more}
    return Record(
        code, indicator, VOCABULARY.unit(UNITS.get(code, "亿元"), indicator).dimension,
        status, scope, province, place.replace("_", " "), period=period,
        id=id_, wholes=wholes, **cells,
    )  # fmt: skip


class Case(NamedTuple):
    """Figures, what is given up, and the decision: figures left out, words said, words refused.

    ``hint`` is what the hint of the first refusal holds.
    """

    title: str
    figures: str
    across: str = ""
    left_out: str = ""
    caveats: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    give_up: str = ""
    operation: str = "sum"
    hint: str = ""


CASES = [
    # What must agree, and what may be given up.
    Case("two provinces", "a tax actual 2023 Yunnan province\nb tax actual 2023 Gansu province"),
    Case("two stages",
         "a investment signed 2023 Gansu province\nb investment started 2023 Yunnan province",
         refused=("signed and started are different stages", "--across status"),
         give_up="status"),
    Case("two stages given up",
         "a investment signed 2023 Gansu province\nb investment started 2023 Yunnan province",
         "status", caveats=("different status: signed, started",)),
    Case("a stage of what is not there yet, given up",
         "a investment signed 2023 Gansu province\nb investment target 2023 Yunnan province",
         "status", refused=("signed, target are different stages and do not add",
                            "target never joins another")),
    Case("the mean of what is there and what is not, given up",
         "a investment signed 2023 Gansu province\nb investment planned 2023 Yunnan province",
         "status", refused=("have no mean", "planned never joins another"), operation="mean"),
    Case("two stages that are not printed",
         "a projects unspecified 2024 Gansu province\nb projects unspecified 2024 Sichuan"
         " province", refused=("several figures print no stage",),
         hint="transfer-cli --stat count"),
    Case("two stages that are not printed, given up",
         "a projects unspecified 2024 Gansu province\nb projects unspecified 2024 Sichuan"
         " province", "status", refused=("several figures print no stage",),
         caveats=("no stage is printed for several figures",)),
    Case("one figure whose stage is not printed",
         "a projects unspecified 2024 Gansu province"),
    Case("a stage that is not printed beside another",
         "a projects unspecified 2024 Gansu province\nb projects signed 2024 Sichuan province",
         "status", refused=("unspecified never joins another",)),
    Case("the maximum of two stages that are not printed",
         "a projects unspecified 2024 Gansu province\nb projects unspecified 2024 Sichuan"
         " province", refused=("several figures print no stage",), operation="extreme"),
    Case("parts of one whole whose stage is not printed",
         "a projects unspecified 2024 Gansu province @w\nb projects unspecified 2024 Gansu"
         " province @w"),
    Case("a stage of what is not there yet",
         "a investment signed 2023 Gansu province\nb investment target 2023 Yunnan province",
         refused=("signed and target are different stages and do not add",)),
    Case("two scopes",
         "a tax actual 2023 Yunnan/Wenshan zone\nb tax actual 2023 Gansu/Jiuquan city",
         refused=("--across scope",), give_up="scope"),
    Case("two scopes that are not printed",
         "a tax actual 2023 Gansu -\nb tax actual 2023 Yunnan -",
         refused=("several figures print no scope, so they are not comparable",
                  "without --across scope"), give_up="scope"),
    Case("two columns differ, one is given up",
         "a investment signed 2023 Gansu province\nb investment started 2022 Yunnan province",
         "period", refused=("--across status",), give_up="period,status"),
    Case("two indicators",
         "a tax actual 2023 Gansu province\nb output actual 2023 Yunnan province",
         refused=("tax and output are different things and do not add",)),
    Case("two indicators given up",
         "a tax actual 2023 Gansu province\nb output actual 2023 Yunnan province",
         "indicator", refused=("output value, tax paid are different things",)),
    Case("two indicators and two periods given up",
         "a tax actual 2022 Gansu province\nb output actual 2023 Yunnan province",
         "indicator,period", refused=("different things",), hint="transfer-cli --across period"),
    Case("an amount and a share",
         "a tax actual 2023 Gansu province\nb output_share actual 2023 Yunnan province",
         refused=("CNY and % are different dimensions", "shares do not add")),
    Case("two indicators that are parts of one whole",
         "a prospects actual 2024 Gansu province @w\nb prospect_institutes actual 2024 Gansu"
         " province @w",
         refused=("--across indicator",), give_up="indicator"),
    Case("two indicators that are parts of one whole, given up",
         "a prospects actual 2024 Gansu province @w\nb prospect_institutes actual 2024 Gansu"
         " province @w", "indicator", caveats=("different indicator",)),
    Case("two sources",
         "a tax actual 2023 Gansu province source=x\nb tax actual 2023 Yunnan province source=y",
         refused=("x and y are different sources",)),
    Case("different subjects are named",
         "a tax actual 2023 Gansu province subject=One\nb tax actual 2023 Yunnan province"
         " subject=Two", caveats=("different subjects: One; Two",)),
    # Kinds.
    Case("shares", "a output_share actual 2023 Gansu province", refused=("shares do not add",)),
    Case("growth rates", "a value_added_growth actual 2023 Gansu province\n"
         "b value_added_growth actual 2023 Yunnan province", refused=("growths do not add",)),
    Case("ranks", "a national_rank actual 2023 Gansu province", refused=("ranks do not add",)),
    *(Case(f"an unknown indicator in {unit}", f"a {code} actual 2023 Gansu province",
           refused=(f"{kind} do not add ({code})",))
      for code, unit, kind in (("my_share", "per cent", "shares"), ("my_lead", "points", "shares"),
                               ("my_rank", "places", "ranks"))),
    Case("an unknown indicator in a unit of money",
         "a my_own actual 2023 Gansu province\nb my_own actual 2023 Yunnan province"),
    Case("the mean of shares is unweighted", "a output_share actual 2023 Gansu province",
         caveats=("the mean is unweighted: shares do not add",), operation="mean"),
    Case("a stock of two provinces",
         "a jobs actual 2023 Gansu province\nb jobs actual 2023 Yunnan province"),
    Case("a stock over time",
         "a jobs actual 2022 Yunnan province\nb jobs actual 2023 Gansu province", "period",
         refused=("jobs (posts) is a stock and does not add over time",)),
    Case("capacity does not add over industries",
         "a cell_capacity actual 2023 Yunnan province industry=photovoltaics\n"
         "b cell_capacity actual 2023 Gansu province industry=food",
         refused=("does not add over industry",)),
    # Parts and wholes.
    Case("a part beside its whole",
         "a tax actual 2023 Yunnan province\nb tax actual 2023 Yunnan province @a", left_out="b"),
    Case("a part of a part beside the whole",
         "a tax actual 2023 Yunnan province\nc tax actual 2023 Yunnan province @b @a",
         left_out="c"),
    Case("a part whose whole is absent", "b tax actual 2023 Yunnan province @a\n"
         "c tax actual 2023 Gansu province"),
    Case("a circle of parts", "a tax actual 2023 Yunnan province @b\n"
         "b tax actual 2023 Yunnan province @a"),
    Case("stages of one whole, without it",
         "a investment started 2023 Gansu province @w\nb investment completed 2023 Gansu"
         " province @w", "status", refused=("started, completed are stages of one whole, w",)),
    Case("stages of one place",
         "a investment signed 2023 Gansu/Jiuquan city\nb investment started 2023 Gansu/Jiuquan"
         " city", "status", refused=("signed, started are stages of one whole, Jiuquan",)),
    Case("a started part beside its signed whole",
         "w investment signed 2023 Gansu province\na investment started 2023 Gansu province @w",
         "status", left_out="a"),
    # Areas.
    Case("a province in the nation",
         "a tax actual 2023 China nation\nb tax actual 2023 Yunnan province", "scope",
         left_out="b"),
    Case("a city in its province",
         "a tax actual 2023 Yunnan province\nb tax actual 2023 Yunnan/Kunming city", "scope",
         left_out="b"),
    Case("a city beside another province",
         "a tax actual 2023 Yunnan province\nb tax actual 2023 Gansu/Jiuquan city", "scope"),
    Case("a zone in the city of its place",
         "a tax actual 2023 Sichuan/Chengdu city\nb tax actual 2023 Sichuan/Chengdu zone", "scope",
         left_out="b"),
    Case("a zone whose name begins with its city",
         "a tax actual 2023 Sichuan/Chengdu city\n"
         "b tax actual 2023 Sichuan/Chengdu_High-tech_Zone zone", "scope", left_out="b"),
    Case("a zone whose name begins with its city, in Chinese",
         "a tax actual 2023 Sichuan/成都市 city\nb tax actual 2023 Sichuan/成都高新区 zone",
         "scope", left_out="b"),
    Case("a zone of another city",
         "a tax actual 2023 Sichuan/Chengdu city\n"
         "b tax actual 2023 Sichuan/Leshan_High-tech_Zone zone", "scope"),
    Case("a zone in a prefecture",
         "a tax actual 2023 Yunnan/文山壮族苗族自治州 prefecture\nb tax actual 2023"
         " Yunnan/文山壮族苗族自治州 zone", "scope", left_out="b"),
    Case("a zone in a prefecture of two characters",
         "a tax actual 2023 Yunnan/文山州 prefecture\nb tax actual 2023 Yunnan/文山高新区 zone",
         "scope", left_out="b"),
    Case("a zone in a city that is left out as a part",
         "a tax actual 2023 Sichuan/Leshan programme\nb tax actual 2023 Sichuan/Chengdu city @a\n"
         "c tax actual 2023 Sichuan/Chengdu zone", "scope", left_out="b"),
    Case("a project of one industry beside its province's figure of another",
         "a tax actual 2023 Yunnan province industry=food\n"
         "b tax actual 2023 Yunnan project industry=textiles", "scope"),
    Case("another indicator of a city in its province",
         "a tax actual 2023 Yunnan province\nb output actual 2023 Yunnan/Kunming city",
         "scope,indicator", refused=("different things",)),
    Case("a part in a unit of another dimension",
         "a tax actual 2023 Yunnan province\nb jobs actual 2023 Yunnan province @a",
         "indicator", left_out="b", refused=("CNY and post are different dimensions",)),
    Case("one industry beside all of them",
         "a tax actual 2023 Yunnan province\nb tax actual 2023 Yunnan province industry=food",
         left_out="b"),
    Case("one industry beside all of them, of another year",
         "a tax actual 2022 Yunnan province\nb tax actual 2023 Yunnan province industry=food",
         "period"),
    Case("an industry beside a project whose industry is not printed",
         "a tax actual 2023 Yunnan/Kunming project\n"
         "b tax actual 2023 Yunnan/Kunming project industry=food"),
    *(Case(f"an industry beside a named {scope} whose industry is not printed",
           f"a tax actual 2023 Yunnan/Kunming {scope} subject=One\n"
           f"b tax actual 2023 Yunnan/Kunming {scope} subject=One industry=food")
      for scope in ("project", "company")),
    Case("one industry beside all of a park",
         "a tax actual 2023 Yunnan/Kunming zone subject=One\n"
         "b tax actual 2023 Yunnan/Kunming zone subject=One industry=food", left_out="b"),
    Case("one industry beside a zone that is not named",
         "a tax actual 2023 Yunnan/Kunming zone\n"
         "b tax actual 2023 Yunnan/Kunming zone industry=food"),
    Case("one industry beside several with it",
         "a output actual 2023 Yunnan province industry=aluminium;photovoltaics\n"
         "b output actual 2023 Yunnan province industry=photovoltaics", left_out="b"),
    Case("one industry beside several with it, of another subject",
         "a output actual 2023 Yunnan province industry=food;wood subject=Both\n"
         "b output actual 2023 Yunnan province industry=food subject=Food", left_out="b"),
    Case("one industry beside several without it",
         "a output actual 2023 Yunnan province industry=aluminium;photovoltaics\n"
         "b output actual 2023 Yunnan province industry=food"),
    Case("one industry of a city beside several of its province",
         "a output actual 2023 Yunnan province industry=aluminium;photovoltaics\n"
         "b output actual 2023 Yunnan/Dali city industry=photovoltaics", "scope", left_out="b"),
    Case("one industry of a city beside several others of its province",
         "a output actual 2023 Yunnan province industry=aluminium;photovoltaics\n"
         "b output actual 2023 Yunnan/Dali city industry=food", "scope"),
    Case("one industry beside several with it, of another year",
         "a output actual 2023 Yunnan province industry=aluminium;photovoltaics\n"
         "b output actual 2022 Yunnan province industry=photovoltaics", "period",
         caveats=("overlapping in content",)),
    # Periods and places.
    Case("two years", "a tax actual 2022 Yunnan province\nb tax actual 2023 Yunnan province",
         "period", caveats=("different period: 2022, 2023",)),
    Case("two years, without a word",
         "a tax actual 2022 Yunnan province\nb tax actual 2023 Yunnan province",
         refused=("2022 and 2023 are different periods", "--across period"), give_up="period"),
    Case("a year and its quarter",
         "a tax actual 2023 Yunnan province\nb tax actual 2023-Q1 Yunnan province", "period",
         refused=("the periods 2023 and 2023-Q1 overlap",)),
    Case("a year and its quarter, without a word",
         "a tax actual 2023 Yunnan province\nb tax actual 2023-Q1 Yunnan province",
         refused=("different periods", "the periods 2023 and 2023-Q1 overlap")),
    Case("a year and its quarter in two provinces",
         "a tax actual 2023 Yunnan province\nb tax actual 2023-Q1 Gansu province", "period",
         caveats=("different period: 2023-Q1, 2023",)),
    Case("a year and its quarter in two cities",
         "a tax actual 2023 Yunnan/Kunming city\nb tax actual 2023-Q1 Yunnan/Dali city", "period"),
    Case("a year and its quarter in one city",
         "a tax actual 2023 Yunnan/Kunming city\nb tax actual 2023-Q1 Yunnan/Kunming city",
         "period", refused=("the periods 2023 and 2023-Q1 overlap",)),
    Case("a year and its quarter in a city and a prefecture",
         "a tax actual 2023 Yunnan/Kunming city\nb tax actual 2023-Q1 Yunnan/Dali prefecture",
         "period,scope"),
    Case("a year and its quarter in a company and a project",
         "a tax actual 2023 Yunnan/Kunming company\nb tax actual 2023-Q1 Yunnan/Dali project",
         "period,scope"),
    Case("a year and its quarter in a programme and a project",
         "a tax actual 2023 Yunnan/Kunming programme\nb tax actual 2023-Q1 Yunnan/Dali project",
         "period,scope"),
    Case("a year and its quarter in a city and a zone elsewhere",
         "a tax actual 2023 Yunnan/Kunming city\nb tax actual 2023-Q1 Yunnan/Dali_Zone zone",
         "period,scope", refused=("overlap",), hint="transfer-cli --across scope"),
    Case("a year and its quarter in a city and a place that is not printed",
         "a tax actual 2023 Yunnan/Kunming city\nb tax actual 2023-Q1 Yunnan city", "period",
         refused=("overlap",)),
    Case("a year of a place that is not printed and a quarter of a city",
         "a tax actual 2023 Yunnan city\nb tax actual 2023-Q1 Yunnan/Kunming city", "period",
         refused=("overlap",)),
    Case("a year of the nation and a quarter of a province",
         "a tax actual 2023 China programme\nb tax actual 2023-Q1 Yunnan programme", "period",
         refused=("overlap",)),
    Case("a year of the nation and a quarter of a city",
         "a tax actual 2023 China programme\nb tax actual 2023-Q1 Yunnan/Kunming city",
         "period,scope", refused=("the periods 2023 and 2023-Q1 overlap",)),
    Case("a province inside the nation, whatever its scope",
         "a tax actual 2023 China province\nb tax actual 2023-Q1 Yunnan province", "period",
         left_out="b"),
    Case("a province and the nation of another year",
         "a tax actual 2022 China province\nb tax actual 2023 Yunnan province", "period",
         caveats=("different period: 2022, 2023",)),
    Case("a long period over a short one that begins later",
         "a tax actual 2021/2023 Yunnan province\nb tax actual 2020 Yunnan province\n"
         "c tax actual 2023-Q4 Yunnan province", "period", refused=("2021/2023 and 2023-Q4",)),
    Case("a period that is not printed, of another province",
         "a tax actual 2023 Yunnan province\nb tax actual - Gansu province", "period",
         caveats=("no period is printed for Gansu: it may overlap the others",)),
    Case("a period that is not printed, of the same province",
         "a tax actual 2023 Yunnan province\nb tax actual - Yunnan province", "period",
         refused=("print no period",)),
    Case("what is no period",
         "a tax actual 2023 Yunnan province\nb tax actual soon Gansu province", "period",
         refused=("'soon' is not a period",)),
    Case("a mean of unequal periods",
         "a tax actual 2023 Yunnan province\nb tax actual 2024-Q1 Gansu province", "period",
         refused=("2023, 2024-Q1 differ in length",), operation="mean"),
    Case("a median of unequal periods",
         "a tax actual 2023 Yunnan province\nb tax actual 2024-Q1 Gansu province", "period",
         refused=("2023, 2024-Q1 differ in length",), operation="order"),
    Case("the maximum of unequal periods",
         "a tax actual 2023 Yunnan province\nb tax actual 2024-Q1 Gansu province", "period",
         operation="extreme"),
    Case("a figure twice", "a tax actual 2023 Yunnan province\na tax actual 2023 Yunnan province",
         refused=("a is counted twice",)),
    Case("the last figure twice",
         "a tax actual 2023 Yunnan province\nb tax actual 2023 Gansu province\n"
         "b tax actual 2023 Gansu province", refused=("b is counted twice",),
         hint="transfer-cli calc b"),
    # Pairs.
    Case("the difference of different things",
         "a cell_capacity actual 2023 Yunnan province\nb module_capacity actual 2023 Yunnan"
         " province", refused=("their difference has no meaning",), operation="difference"),
    Case("the difference of a whole and its part of another indicator",
         "w prospects actual 2024 Gansu province\nb prospect_institutes actual 2024 Gansu"
         " province @w", caveats=("different indicator",), operation="difference"),
    Case("the difference of two stages",
         "a investment signed 2023 Gansu province\nb investment target 2023 Gansu province",
         refused=("signed and target are different stages and have no difference",),
         operation="difference"),
    Case("the difference of two stages of one cohort",
         "a investment started 2023 Gansu province @w\nb investment completed 2023 Gansu"
         " province @w", caveats=("different status: started, completed",), operation="difference"),
    Case("the difference of two stages that are not printed",
         "a projects unspecified 2024 Gansu province\nb projects unspecified 2024 Sichuan"
         " province", refused=("the stages of a and b are not printed",), operation="difference"),
    Case("the difference of ranks in one list",
         "a national_rank actual 2022 Gansu province subject=Innovation\n"
         "b national_rank actual 2023 Gansu province subject=Innovation",
         caveats=("different period",), operation="difference"),
    Case("the difference of ranks in two lists",
         "a national_rank actual 2023 Gansu province subject=Wind\n"
         "b national_rank actual 2023 Gansu province subject=Sun",
         refused=("ranks of different lists",), operation="difference"),
    Case("the mean of ranks in two lists",
         "a national_rank actual 2023 Gansu province subject=Wind\n"
         "b national_rank actual 2023 Gansu province subject=Sun",
         refused=("ranks of different lists have no mean (Wind; Sun)",), operation="mean",
         hint="transfer-cli --stat min,max"),
    Case("the mean of ranks in lists of industries",
         "a national_rank actual 2023 Gansu province subject=Wind industry=steel\n"
         "b national_rank actual 2023 Gansu province",
         refused=("ranks of different lists have no mean (Wind steel; not named)",),
         operation="mean"),
    Case("growth less its lead",
         "a value_added_growth actual 2024 Gansu province\nb growth_lead actual 2024 Gansu"
         " province", caveats=("different indicator",), operation="difference"),
    Case("growth less the lead of another period",
         "a value_added_growth actual 2023 Gansu province\nb growth_lead actual 2024 Gansu"
         " province", refused=("different things",), operation="difference"),
    Case("a share less a lead in growth",
         "a output_share actual 2024 Gansu province\nb growth_lead actual 2024 Gansu province",
         refused=("output_share and growth_lead are different things",), operation="difference"),
    Case("the difference of two growth rates",
         "a value_added_growth actual 2024 Gansu province\nb output_growth actual 2024 Gansu"
         " province", refused=("different things",), operation="difference"),
    Case("a ratio to a figure whose place is not printed",
         "a tax actual 2023 Gansu province\nb tax actual 2023 / province",
         caveats=("different place: Gansu, not printed",), operation="ratio"),
    Case("the multiple of a rank", "a national_rank actual 2023 Gansu province",
         refused=("a place has no multiples",), operation="ratio"),
    Case("a share of another province",
         "a tax actual 2023 Gansu province\nb tax actual 2023 Yunnan province",
         refused=("a is not part of b, which is of Yunnan",), operation="share"),
    Case("a share the other way round",
         "a tax actual 2023 Gansu province\nb tax actual 2023 Gansu province @a",
         refused=("the other way round",), operation="share",
         hint="transfer-cli calc 'share(b, a)'"),
    Case("a share times a figure of another province",
         "a output_share actual 2023 Gansu province\nb output actual 2023 Yunnan province",
         refused=("a is a share of Gansu, not of Yunnan",), operation="product"),
    Case("a share times what it is not a share of",
         "a output_share actual 2023 Gansu province\nb tax actual 2023 Gansu province",
         refused=("a is a share of output, not of tax",), operation="product"),
    Case("a share times what it is a share of",
         "a output_share actual 2023 Gansu province\nb output actual 2023 Gansu province",
         operation="product"),
    Case("a share times its own part",
         "a output_share actual 2023 Gansu/X zone subject=One\n"
         "b output actual 2023 Gansu/X zone subject=One",
         refused=("b is the part that a is of the whole",), operation="product"),
    Case("a growth rate times an amount of something else",
         "a value_added_growth actual 2023 Gansu province\nb tax actual 2023 Gansu province",
         refused=("a is a growth of value_added, not of tax",), operation="product"),
    Case("an amount over the share that it is",
         "b output actual 2023 Gansu province\na output_share actual 2023 Gansu province",
         operation="ratio"),
    Case("an amount over a share of something else",
         "b tax actual 2023 Gansu province\na output_share actual 2023 Gansu province",
         refused=("a is a share of output, not of tax",), operation="ratio"),
    Case("an amount over the share of another subject",
         "b output actual 2023 Gansu province subject=One\n"
         "a output_share actual 2023 Gansu province subject=Two",
         refused=("a is a share of Two, not of One",), operation="ratio"),
    Case("a share over an amount",
         "a output_share actual 2023 Gansu province\nb tax actual 2023 Gansu province",
         refused=("a is a share, not an amount",), operation="ratio"),
    Case("a share over a share of the same subject",
         "a output_share actual 2023 Gansu province\nb gdp_share actual 2023 Gansu province",
         caveats=("different indicator: output_share, gdp_share",), operation="ratio"),
    Case("a share over another share of another subject",
         "a output_share actual 2023 Gansu province subject=One\n"
         "b gdp_share actual 2023 Gansu province subject=Two",
         refused=("a and b are rates of different things",), operation="ratio"),
    Case("growth over equally long periods",
         "a tax actual 2022 Gansu province\nb tax actual 2023 Gansu province", operation="growth"),
    Case("growth backwards",
         "a tax actual 2023 Gansu province\nb tax actual 2022 Gansu province",
         refused=("2023 does not come before 2022",), operation="growth"),
    Case("a rank and the places gained",
         "a national_rank actual 2023 Gansu province\nb rank_change actual 2023 Gansu province",
         refused=("places gained make a rank smaller",), operation="difference",
         hint="transfer-cli calc 'a + b'"),
    Case("the share of a part in its whole",
         "a tax actual 2023 Gansu/X zone @w\nw tax signed 2022 Yunnan province",
         operation="share"),
    Case("the share of another thing",
         "a tax actual 2023 Gansu province\nb output actual 2023 Gansu province",
         refused=("is not a share of",), operation="share", hint="transfer-cli calc 'a / b'"),
    Case("a share that is not printed as one",
         "a tax actual 2023 Gansu/X zone\nb tax actual 2023 Gansu province", operation="share",
         caveats=("a is not printed as a part of b", "different scope: zone, province")),
    Case("a share in the nation",
         "a tax actual 2023 Gansu province\nb tax actual 2023 China nation", operation="share",
         caveats=("a is not printed as a part of b",)),
    Case("a share in the nation of another year",
         "a tax actual 2022 Gansu province\nb tax actual 2023 China nation",
         refused=("2022 does not lie in 2023",), operation="share"),
    Case("a share in the nation of another year, without scopes",
         "a tax actual 2022 Gansu -\nb tax actual 2023 China -",
         refused=("2022 does not lie in 2023",), operation="share"),
    Case("a share of a country in China",
         "a tax actual 2023 Germany -\nb tax actual 2023 China -",
         refused=("a is not part of b, which is of China",), operation="share"),
    Case("a share of one industry in another",
         "a tax actual 2023 Gansu province industry=food\n"
         "b tax actual 2023 China nation industry=wood",
         refused=("a is not part of b, which is of wood",), operation="share"),
    Case("a share of all industries in one",
         "a tax actual 2023 Gansu province\nb tax actual 2023 Gansu province industry=wood",
         refused=("a is not part of b, which is of wood",), operation="share"),
    Case("a share of one industry in the same one of a zone",
         "a tax actual 2023 Gansu/X company subject=One industry=wood\n"
         "b tax actual 2023 Gansu/X zone industry=wood", operation="share",
         caveats=("a is not printed as a part of b", "different scope: company, zone")),
    Case("a share of one industry in several of a zone with it",
         "a tax actual 2023 Gansu/X company subject=One industry=wood\n"
         "b tax actual 2023 Gansu/X zone industry=food;wood", operation="share",
         caveats=("a is not printed as a part of b", "different industry")),
    Case("a share of one industry in several with it, of another subject",
         "a tax actual 2023 Gansu province industry=wood subject=Wood\n"
         "b tax actual 2023 Gansu province industry=food;wood subject=Both",
         caveats=("a is not printed as a part of b", "different industry"), operation="share"),
    Case("a share of one industry in several with it, of another year",
         "a tax actual 2022 Gansu province industry=wood\n"
         "b tax actual 2023 Gansu province industry=food;wood",
         refused=("2022 does not lie in 2023",), operation="share"),
    Case("a share of a company whose industry is not printed",
         "a tax actual 2023 Gansu/X company subject=One\n"
         "b tax actual 2023 Gansu/X zone industry=wood", operation="share",
         caveats=("a is not printed as a part of b", "different industry")),
    Case("a share in another city",
         "a tax actual 2023 Gansu/X city\nb tax actual 2023 Gansu/Y city",
         refused=("a is not part of b, which is of Y",), operation="share"),
    Case("a share in the city of a zone",
         "a tax actual 2023 Sichuan/Chengdu_High-tech_Zone zone\n"
         "b tax actual 2023 Sichuan/Chengdu city", operation="share",
         caveats=("a is not printed as a part of b",)),
    Case("a share in another subject",
         "a tax actual 2023 Gansu/X zone subject=One\nb tax actual 2023 Gansu/X zone subject=Two",
         refused=("a is not part of b, which is of Two",), operation="share"),
    Case("a share of a park in all of its place",
         "a tax actual 2023 Gansu/X zone subject=One\nb tax actual 2023 Gansu/X zone",
         caveats=("a is not printed as a part of b",), operation="share"),
    Case("a share of a company in a zone",
         "a tax actual 2023 Gansu/X company subject=One\n"
         "b tax actual 2023 Gansu/X zone subject=Park", operation="share",
         caveats=("a is not printed as a part of b",)),
    Case("a share of another stage",
         "a investment started 2023 Gansu province\nb investment signed 2023 Gansu province",
         refused=("started and signed are different stages and make no share",),
         operation="share"),
    Case("a share of another stage, of one cohort",
         "a investment started 2023 Gansu province @w\nb investment signed 2023 Gansu province @w",
         caveats=("different status: started, signed",), operation="share"),
    Case("a share of a stage that is not printed",
         "a investment - 2023 Gansu province\nb investment signed 2023 Gansu province",
         caveats=("different status",), operation="share"),
    Case("a share in a stage that is not printed",
         "a investment signed 2023 Gansu province\nb investment - 2023 Gansu province",
         caveats=("different status",), operation="share"),
    Case("a share of a period in a longer one",
         "a tax actual 2023-Q1 Gansu province\nb tax actual 2023 Gansu province",
         caveats=("different period",), operation="share"),
    Case("a share of a period outside the other",
         "a tax actual 2022 Gansu province\nb tax actual 2023 Gansu province",
         refused=("2022 does not lie in 2023, so a is not part of b",), operation="share"),
    Case("a share of a period that is not printed",
         "a tax actual - Gansu province\nb tax actual 2023 Gansu province",
         caveats=("different period",), operation="share"),
    Case("a share in a period that is not printed",
         "a tax actual 2023 Gansu province\nb tax actual - Gansu province",
         caveats=("different period",), operation="share"),
    Case("a share of a rank",
         "a national_rank actual 2023 Gansu province\nb national_rank actual 2023 China nation",
         refused=("a place has no multiples",), operation="share"),
    Case("the growth of a rank",
         "a national_rank actual 2022 Gansu province\nb national_rank actual 2023 Gansu province",
         refused=("a place has no multiples",), operation="growth"),
    Case("the growth of a share",
         "a output_share actual 2022 Gansu province\nb output_share actual 2023 Gansu province",
         refused=("changes by percentage points",), operation="growth",
         hint="transfer-cli calc 'b - a'"),
    Case("growth into itself",
         "a tax actual 2022 Gansu province\na tax actual 2022 Gansu province",
         refused=("there is no growth from a to itself",), operation="growth"),
    Case("growth from one province to another",
         "a tax actual 2022 Gansu province\nb tax actual 2023 Yunnan province",
         refused=("a and b differ in province",), operation="growth",
         hint="transfer-cli calc 'b / a'"),
    Case("growth from a period that is not printed",
         "a tax actual - Gansu province\nb tax actual 2023 Gansu province",
         refused=("a has no printed period",), operation="growth"),
    Case("growth to a period that is not printed",
         "a tax actual 2022 Gansu province\nb tax actual - Gansu province",
         refused=("b has no printed period",), operation="growth"),
    Case("growth to a part of a year",
         "a tax actual 2022 Gansu province\nb tax actual 2023-Q1 Gansu province",
         refused=("2022 and 2023-Q1 differ in length",), operation="growth",
         hint="transfer-cli calc 'growth(a, per_year(b))'"),
    Case("growth of a stock to a part of a year",
         "a jobs actual 2022 Gansu province\nb jobs actual 2023-Q1 Gansu province",
         refused=("2022 and 2023-Q1 differ in length",), operation="growth",
         hint="transfer-cli calc 'b / a'"),
    Case("growth of an unknown indicator to a month",
         "a my_own actual 2022 Gansu province\nb my_own actual 2023-01 Gansu province",
         refused=("2022 and 2023-01 differ in length",), operation="growth",
         hint="transfer-cli calc 'growth(a, per_year(b))'"),
    Case("growth of an unknown stock to a part of a year",
         "a population actual 2022 Gansu province\nb population actual 2023-Q1 Gansu province",
         refused=("2022 and 2023-Q1 differ in length",), operation="growth",
         hint="transfer-cli calc 'b / a'"),
    Case("growth to a part of the same year",
         "a tax actual 2022 Gansu province\nb tax actual 2022-Q4 Gansu province",
         refused=("differ in length",), operation="growth", hint="transfer-cli calc 'b / a'"),
    Case("growth from two years to a part of a year",
         "a tax actual 2021/2022 Gansu province\nb tax actual 2023-Q4 Gansu province",
         refused=("differ in length",), operation="growth", hint="transfer-cli calc 'b / a'"),
    Case("growth to a day",
         "a tax actual 2022 Gansu province\nb tax actual 2023-05-01 Gansu province",
         refused=("differ in length",), operation="growth", hint="transfer-cli calc 'b / a'"),
    Case("growth from ten days to fourteen",
         "a tax actual 2022-12-02/2022-12-11 Gansu province\n"
         "b tax actual 2023-12-02/2023-12-15 Gansu province",
         refused=("differ in length",), operation="growth"),
    Case("growth over days that a calendar makes unlike",
         "a tax actual 2023-02-02/2023-03-01 Gansu province\n"
         "b tax actual 2023-03-02/2023-04-01 Gansu province", operation="growth"),
    Case("growth over fourteen months, which are 425 and 429 days",
         "a tax actual 2022-01/2023-02 Gansu province\n"
         "b tax actual 2023-07/2024-08 Gansu province", operation="growth"),
    Case("growth from one day to another",
         "a jobs actual 2022-12-31 Gansu province\nb jobs actual 2023-12-31 Gansu province",
         operation="growth"),
    Case("growth backwards, from end to start",
         "a tax actual 2023-Q2 Gansu province\nb tax actual 2023-Q1 Gansu province",
         refused=("2023-Q2 does not come before 2023-Q1",), operation="growth",
         hint="transfer-cli calc 'growth(b, a)'"),
    Case("a rank of places whose stage is not printed",
         "a projects unspecified 2024 Gansu province\nb projects unspecified 2024 Yunnan province",
         refused=("stages or scopes that are not printed have no rank",), operation="rank"),
    Case("a rank of two stages",
         "a projects signed 2024 Gansu province\nb projects started 2024 Yunnan province",
         refused=("signed, started differ in status and have no rank",), operation="rank"),
    Case("a rank of one", "a tax actual 2023 Gansu province", operation="rank"),
    Case("a rank over two years",
         "a tax actual 2022 Gansu province\nb tax actual 2023 Yunnan province", operation="rank"),
    Case("a product of two amounts",
         "a tax actual 2022 Gansu province\nb tax unspecified 2023 Gansu province",
         caveats=("different period: 2022, 2023", "no stage is printed for b"),
         operation="product"),
    Case("a rate times an amount of an unknown kind",
         "a output_share actual 2023 Gansu province\nb my_own actual 2023 Gansu province",
         operation="product"),
    Case("a rate of an unknown indicator times an amount",
         "a my_share actual 2023 Gansu province\nb output actual 2023 Gansu province",
         caveats=("it is not known what a is a rate of",), operation="product"),
    Case("a product of shares of different things",
         "a output_share actual 2023 Gansu province\nb gdp_share actual 2023 Gansu province",
         refused=("a is a share of output, not of gdp_share",), operation="product"),
    Case("a share of a zone times the amount of its province",
         "a output_share actual 2023 Gansu/X zone subject=One\nb output actual 2023 Gansu province",
         caveats=("different scope: zone, province", "different place: X, Gansu"),
         operation="product"),
    Case("a share of a zone times the amount of the nation",
         "a output_share actual 2023 Gansu/X zone\nb output actual 2023 China nation",
         caveats=("different scope: zone, nation", "different place: X, China"),
         operation="product"),
    Case("a share of a zone times the amount of a zone that is not named",
         "a output_share actual 2023 Gansu/X zone\nb output actual 2023 Gansu zone",
         refused=("a is a share of X, not of all",), operation="product"),
    Case("the growth rate of a subject times its amount",
         "a value_added_growth actual 2023 Gansu/X zone subject=One\n"
         "b value_added actual 2023 Gansu/X zone subject=One", operation="product"),
    Case("a share of a zone times the amount of another province",
         "a output_share actual 2023 Gansu/X zone\nb output actual 2023 Yunnan province",
         refused=("a is a share of Gansu, not of Yunnan",), operation="product"),
    Case("a share of a zone times the amount of another year",
         "a output_share actual 2023 Gansu/X zone\nb output actual 2022 Gansu province",
         refused=("a and b do not print the same period",), operation="product"),
    Case("a share of a zone times the amount of its province, without a period",
         "a output_share actual - Gansu/X zone\nb output actual - Gansu province",
         refused=("a and b do not print the same period",), operation="product"),
    Case("a share of a zone times the amount of a city",
         "a output_share actual 2023 Gansu/X zone\nb output actual 2023 Gansu/Y city",
         refused=("a is a share of X, not of Y",), operation="product"),
    Case("a growth rate of a zone times the amount of its province",
         "a value_added_growth actual 2023 Gansu/X zone\nb value_added actual 2023 Gansu province",
         refused=("a is a growth of X, not of all",), operation="product"),
    Case("a share of a subject times the amount of another subject",
         "a output_share actual 2023 Gansu/X zone subject=One\n"
         "b output actual 2023 Gansu province subject=Two",
         refused=("a is a share of X, not of all",), operation="product"),
    Case("a rank of what has no better end",
         "a prospects actual 2024 Gansu province\nb prospects actual 2024 Yunnan province",
         refused=("has no better end",), operation="rank"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.title.replace(" ", "-") for case in CASES])
def test_decision(case):
    records = [figure(line) for line in case.figures.split("\n")]
    across = case.across.split(",") if case.across else ()
    decision = decide(case.operation, records, across=across)
    reasons = "; ".join(refusal.reason for refusal in decision.refusals)
    assert decision.allowed is not bool(case.refused), reasons
    assert [words for words in case.refused if words not in reasons] == []
    assert [records[place].id for place in decision.left_out] == case.left_out.split()
    caveats = "; ".join(decision.caveats)
    assert [words for words in case.caveats if words not in caveats] == []
    assert case.caveats or case.across or case.refused or not decision.caveats
    if decision.refusals:
        assert ",".join(decision.refusals[0].give_up) == case.give_up
        hint = decision.refusals[0].hint
        assert not case.hint or case.hint == (hint if isinstance(hint, str) else hint.rewrite([]))


SUMS = [case for case in CASES if case.operation in ("sum", "mean", "order", "extreme")]


@pytest.mark.parametrize("case", SUMS, ids=[case.title.replace(" ", "-") for case in SUMS])
def test_the_order_of_figures_does_not_matter_to_a_sum(case):
    records = [figure(line) for line in case.figures.split("\n")]
    across = case.across.split(",") if case.across else ()
    one = decide(case.operation, records, across=across)
    other = decide(case.operation, records[::-1], across=across)
    assert one.allowed is other.allowed
    assert one.caveats == other.caveats
    assert {records[place].id for place in one.left_out} == {
        records[::-1][place].id for place in other.left_out
    }


@pytest.mark.parametrize("stage", ["negotiating", "planned", "expected", "target"])
def test_what_is_not_there_yet_never_joins_what_is(stage):
    records = [figure("a investment completed 2023 Gansu province"),
               figure(f"b investment {stage} 2023 Yunnan province")]  # fmt: skip
    for across in ((), ("status",)):
        [refusal] = decide("sum", records, across=across).refusals
        assert refusal.give_up == ()
    assert f"{stage} never joins another" in refusal.reason


def test_giving_up_what_the_refusal_names_is_enough():
    for case in (case for case in CASES if case.give_up):
        records = [figure(line) for line in case.figures.split("\n")]
        assert decide("sum", records, across=case.give_up.split(",")).allowed, case.title


def test_a_container_of_every_figure_left_out_is_named():
    records = [figure(line) for line in (
        "a tax actual 2023 Yunnan province", "b tax actual 2023 Yunnan/Kunming city",
        "c tax actual 2023 Yunnan province @a",
    )]  # fmt: skip
    decision = decide("sum", records, across=("scope",))
    assert dict(decision.left_out) == {1: "inside", 2: "part"}
    assert dict(decision.containers) == {1: 0, 2: 0}


@pytest.mark.parametrize(
    ("first", "second", "years"),
    [("2020", "2023", 3), ("2022-Q1", "2023-Q1", 1), ("2022-Q1", "2024-Q1", 2),
     ("2022-12-31", "2023-12-31", 1), ("2022-Q1", "2022-Q4", None), ("2022-Q1", "2023-Q3", None),
     ("2022-12-30", "2023-12-31", None), ("2023-05-01", "2023-05-02", None)],
)  # fmt: skip
def test_whole_years_between(first, second, years):
    found = growth.years_between(figure(f"a jobs actual {first} Gansu province"),
                               figure(f"b jobs actual {second} Gansu province"))  # fmt: skip
    if years:
        assert found == years
    else:
        assert f"{first} and {second} are not whole years apart" in found.reason
        assert found.hint == "transfer-cli calc 'growth(a, b)'"


@pytest.mark.parametrize(("subjects", "named"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_caveat_names_up_to_four_subjects(subjects, named):
    records = [figure(f"{n} tax actual 2023 Yunnan province subject=S{n}") for n in range(subjects)]
    caveats = decide("sum", records).caveats
    assert any(f"different subjects: {'; '.join(f'S{n}' for n in range(subjects))}" in caveat
               for caveat in caveats) is named  # fmt: skip


def test_what_does_not_add_over_time_is_said_once():
    records = [figure("a jobs actual 2022 Gansu province"),
               figure("b new_employment actual 2023 Yunnan province")]  # fmt: skip
    reasons = [
        one.reason for one in decide("sum", records, across=("indicator", "period")).refusals
    ]
    assert len([reason for reason in reasons if "does not add over time" in reason]) == 1


def test_a_province_has_its_name_in_chinese():
    records = [figure("a tax actual 2023 Gansu province"), figure("b tax actual 2023 / province")]
    with speaking("zh"):
        assert decide("ratio", records).caveats == ("地方不同：甘肃、未载",)


def test_a_kind_has_its_name_in_chinese():
    records = [figure("a jobs actual 2022 Gansu province"),
               figure("b jobs actual 2023 Yunnan province")]  # fmt: skip
    with speaking("zh"):
        [refusal] = decide("sum", records, across=("period",)).refusals
    assert "存量" in refusal.reason


@pytest.mark.parametrize(
    ("line", "count"),
    [("tax actual 2023-Q1", 3), ("tax actual 2023-01/2023-11", 11), ("tax actual 2023-05", 1),
     ("tax actual 2023", None), ("tax actual 2022/2023", None), ("tax actual 2023-05-01", None),
     ("tax actual -", None), ("jobs actual 2023-Q1", None), ("output_share actual 2023-Q1", None),
     ("my_own actual 2023-Q1", 3), ("population actual 2023-Q1", None)],
)  # fmt: skip
def test_months_of_which_there_is_an_annual_rate(line, count):
    months = growth.months(figure(f"a {line} Gansu province"))
    assert months == count if count else months.reason


@pytest.mark.parametrize(
    "where", ["Yunnan province", "Yunnan/Kunming city", "/ zone", "China nation"]
)
@pytest.mark.parametrize(("first", "second"), [("2023", "2023-Q2"), ("2023-Q1", "2022/2023")])
def test_periods_of_the_nation_overlap_those_of_any_place(where, first, second):
    found = overlap.conflict([figure(f"a tax actual {first} {where}"),
                              figure(f"b tax actual {second} China province")])  # fmt: skip
    assert {span.code for span in found} == {first, second}


@pytest.mark.parametrize(
    ("period", "year"),
    [("2023-Q2", "2023"), ("2023-01/2023-12", "2023"), ("2022-12/2023-01", "2022-12/2023-11"),
     ("2022-07/2023-03", "2022-07/2023-06"), ("2022-11/2023-02", "2022-11/2023-10")],
)  # fmt: skip
def test_the_year_that_months_begin(period, year):
    assert growth.year_of(period) == year
