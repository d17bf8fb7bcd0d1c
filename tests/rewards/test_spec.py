"""Every way to write a spec has one normal form, and what is no spec is refused."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rewards
from rewards import SpecError
from rewards.spec import expression, normal_form

LEAF = {"name": "coverage"}


@pytest.mark.parametrize(
    ("spec", "form"),
    [
        ("coverage", LEAF),
        ("  coverage ", LEAF),
        ("coverage(low=0.2)", {"name": "coverage", "low": 0.2}),
        ({"low": 0.2, "name": "coverage"}, {"name": "coverage", "low": 0.2}),
        ("a.b:C", {"name": "a.b:C"}),
        (
            "a.b:C(k=4, judge={'base_url': 'http://x:80'})",
            {"name": "a.b:C", "k": 4, "judge": {"base_url": "http://x:80"}},
        ),
        ("j(words=('a', -1, None, True))", {"name": "j", "words": ["a", -1, None, True]}),
        (
            "0.3*dino + 0.7*pairwise(k=4)",
            {"weighted": [[0.3, {"name": "dino"}], [0.7, {"name": "pairwise", "k": 4}]]},
        ),
        ("a.b:C*2 + coverage", {"weighted": [[2.0, {"name": "a.b:C"}], [1.0, LEAF]]}),
        (
            "0.5*(a + 2*(b + 3*c))",
            {"weighted": [[0.5, {"name": "a"}], [1.0, {"name": "b"}], [3.0, {"name": "c"}]]},
        ),
        ("0*coverage", {"weighted": [[0.0, LEAF]]}),
        ("gated(coverage, gate=renders)", {"gate": {"name": "renders"}, "of": LEAF}),
        (
            "2*gated(a + b, gate=gated(c, gate=d))",
            {
                "weighted": [
                    [
                        2.0,
                        {
                            "gate": {"gate": {"name": "d"}, "of": {"name": "c"}},
                            "of": {"weighted": [[1.0, {"name": "a"}], [1.0, {"name": "b"}]]},
                        },
                    ]
                ]
            },
        ),
        ("mapped(coverage, fn='log_tamed')", {"mapped": "log_tamed", "of": LEAF}),
        ("mapped(coverage, fn='a.b:c')", {"mapped": "a.b:c", "of": LEAF}),
        ("bonus(coverage, a, share=0.5)", {"base": LEAF, "bonus": {"name": "a"}, "share": 0.5}),
        (
            "penalised(coverage, penalty=a, weight=2)",
            {"penalty": {"name": "a"}, "of": LEAF, "weight": 2.0},
        ),
        ({"of": "coverage", "penalty": "a"}, {"penalty": {"name": "a"}, "of": LEAF, "weight": 0.5}),
        ("bonus(coverage, a)", {"base": LEAF, "bonus": {"name": "a"}, "share": 0.4}),
        (
            "2*mapped(gated(a, gate=b) + bonus(c, mapped(d, fn='f')), fn='g')",
            {
                "weighted": [
                    [
                        2.0,
                        {
                            "mapped": "g",
                            "of": {
                                "weighted": [
                                    [1.0, {"gate": {"name": "b"}, "of": {"name": "a"}}],
                                    [
                                        1.0,
                                        {
                                            "base": {"name": "c"},
                                            "bonus": {"mapped": "f", "of": {"name": "d"}},
                                            "share": 0.4,
                                        },
                                    ],
                                ]
                            },
                        },
                    ]
                ]
            },
        ),
        ({"mapped": "log_tamed", "of": "coverage"}, {"mapped": "log_tamed", "of": LEAF}),
        ({"base": "coverage", "bonus": "a"}, {"base": LEAF, "bonus": {"name": "a"}, "share": 0.4}),
        (
            {"share": 1, "base": "coverage", "bonus": "a"},
            {"base": LEAF, "bonus": {"name": "a"}, "share": 1.0},
        ),
        ({"gate": "renders", "of": "coverage"}, {"gate": {"name": "renders"}, "of": LEAF}),
        ({"weighted": ((1, "coverage"),)}, {"weighted": [[1.0, LEAF]]}),
        ({"coverage": 0.3, "a(k=2)": 1}, {"weighted": [[0.3, LEAF], [1.0, {"name": "a", "k": 2}]]}),
        ("0.5*0.5*coverage", {"weighted": [[0.25, LEAF]]}),
        ("coverage*(1/4) + a/2", {"weighted": [[0.25, LEAF], [0.5, {"name": "a"}]]}),
        (
            "gated(coverage, gate=renders, threshold=0.9, bonus=0)",
            {"gate": {"name": "renders"}, "of": LEAF, "threshold": 0.9, "bonus": 0.0},
        ),
        ("gated(coverage, gate=renders, threshold=0.5)", {"gate": {"name": "renders"}, "of": LEAF}),
        (
            {"weighted": [[1, "coverage"]], "gate": "renders", "bonus": 0.2},
            {"gate": {"name": "renders"}, "of": {"weighted": [[1.0, LEAF]]}, "bonus": 0.2},
        ),
        (
            {"weighted": [[1, "coverage"]], "gate": "renders"},
            {"gate": {"name": "renders"}, "of": {"weighted": [[1.0, LEAF]]}},
        ),
    ],
)
def test_every_way_to_write_a_spec_has_one_normal_form(spec, form):
    assert normal_form(spec) == form
    assert json.loads(json.dumps(form)) == form == normal_form(form)


@pytest.mark.parametrize(
    "text",
    [
        "a.b:C(k=4, judge={'model': 'm'})",
        "0.3*dino + 0.7*pairwise(k=4)",
        "gated(1*a + 2*b, gate=renders)",
        "mapped(bonus(gated(a, gate=b), c, share=0.4), fn='log_tamed')",
        "gated(a, gate=b, threshold=0.9, bonus=0.2)",
        "2*penalised(1*a + 2*b, penalty=gated(c, gate=d), weight=0.25) + 1*e",
    ],
)
def test_a_normal_form_is_written_as_a_person_would(text):
    assert expression(normal_form(text)) == text


def test_a_mix_inside_a_mix_is_written_in_brackets():
    nested = normal_form({"weighted": [[0.5, {"weighted": [[1, "a"], [2, "b"]]}], [1, "c"]]})
    assert expression(nested) == "0.5*(1*a + 2*b) + 1*c"


literals = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
names = st.from_regex(r"[a-z_]{1,8}(\.[a-z]{1,4}:[A-Z][a-z]{0,3})?", fullmatch=True)
leaves = st.builds(
    lambda name, parameters: {**parameters, "name": name},
    names,
    st.dictionaries(st.text(), literals, max_size=3),
)
specs = st.recursive(
    leaves | names.filter(str.isidentifier),
    lambda inner: (
        st.fixed_dictionaries({"gate": inner, "of": inner})
        | st.fixed_dictionaries({"mapped": st.text(), "of": inner})
        | st.fixed_dictionaries(
            {"base": inner, "bonus": inner}, optional={"share": st.floats(0, 1, exclude_min=True)}
        )
        | st.fixed_dictionaries(
            {
                "weighted": st.lists(
                    st.tuples(st.floats(0, 10) | st.integers(0, 9), inner), min_size=1, max_size=3
                )
            },
            optional={"gate": inner},
        )
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(spec=specs)
def test_a_normal_form_survives_json_and_is_its_own_normal_form(spec):
    try:
        form = normal_form(spec)
    except SpecError:  # a Python keyword was drawn as a name
        return
    assert json.loads(json.dumps(form)) == form
    assert normal_form(json.loads(json.dumps(form))) == form


@pytest.mark.parametrize(
    "spec",
    [
        "__import__('os').system('true')",
        "coverage.__class__",
        "coverage.low",
        "lambda: coverage",
        "lambda x:x",
        "coverage[0]",
        "[coverage]",
        "{'name': 'coverage'}",
        "-coverage",
        "2**coverage",
        "coverage if 1 else renders",
        "(x := coverage)",
        "f'{coverage}'",
        "coverage(**{'low': 1})",
        "coverage(low=0.1, low=0.2)",
        "coverage(name='renders')",
        "a(b)(c=1)",
        "2",
        "2*3",
        "a b",
        "",
        "coverage; renders",
        "a\0b",
        {"mapped": 3, "of": "coverage"},
        {"mapped": "log_tamed"},
        {"mapped": "log_tamed", "of": "coverage", "gate": "renders"},
        {"base": "coverage"},
        {"base": "coverage", "bonus": "renders", "of": "coverage"},
        {},
        {"of": "coverage"},
        {"weighted": [[1, "coverage"]], "of": "renders"},
        None,
        3,
        ["coverage"],
    ],
)
def test_what_is_no_spec_is_refused_with_a_list_of_what_is(spec):
    with pytest.raises(SpecError, match=r"not understood.* A spec is a name"):
        normal_form(spec)


@pytest.mark.parametrize(
    ("spec", "mistake"),
    [
        ("coverage - renders", "no reward is subtracted, as weights are at least 0"),
        ("coverage - 0.5*renders", "write penalised(reward, penalty=reward, weight=0.5)"),
        ("coverage*renders", "a reward is multiplied by a number only. For both at once, write gated"),
        ("True*coverage", "a reward is multiplied by a number only"),
        ("coverage / 0", "a reward is divided by a number only, and not by 0"),
        ("coverage / renders", "a reward is divided by a number only"),
        (
            "max(coverage, renders)",
            "the parameters of 'max' have names, as in coverage(low=0.2). Rewards are taken by",
        ),
        ("__import__('os')", "the parameters of '__import__' have names"),
        ("coverage(0.1)", "the parameters of 'coverage' have names"),
        ("coverage(*[1])", "the parameters of 'coverage' have names"),
        ("gated(coverage)", "write gated(reward, gate=reward)"),
        ("gated(coverage, renders)", "write gated(reward, gate=reward)"),
        (
            "gated(coverage, gate=renders, share=0.4)",
            "write gated(reward, gate=reward), with threshold=0.5 and bonus=",
        ),
        ("mapped(coverage)", "write mapped(reward, fn='log_tamed')"),
        ("mapped(coverage, 'log_tamed')", "write mapped(reward, fn='log_tamed')"),
        ("mapped(coverage, fn=1)", "write mapped(reward, fn='log_tamed')"),
        ("mapped(coverage, fn=log_tamed)", "write mapped(reward, fn='log_tamed')"),
        ("mapped(fn='log_tamed')", "write mapped(reward, fn='log_tamed')"),
        ("mapped(coverage, fn='a', gate=renders)", "write mapped(reward, fn='log_tamed')"),
        ("bonus(coverage)", "write bonus(base, bonus, share=0.4)"),
        ("bonus(coverage, renders, 0.4)", "write bonus(base, bonus, share=0.4)"),
        ("bonus(coverage, renders, part=0.4)", "write bonus(base, bonus, share=0.4)"),
        ("bonus(coverage, renders, share=0.4, share=0.5)", "write bonus(base, bonus, share=0.4)"),
        ("bonus(share=0.4)", "write bonus(base, bonus, share=0.4)"),
        ("penalised(coverage)", "write penalised(reward, penalty=reward)"),
        ("penalised(coverage, renders)", "write penalised(reward, penalty=reward)"),
        ("penalised(coverage, penalty=renders, share=1)", "penalty=reward), with weight=0.5 if need be"),
        (len, "is a live reward, which has no JSON form; name it as 'module:factory'"),
    ],
)
def test_a_mistake_is_named_in_place_of_the_grammar(spec, mistake):
    with pytest.raises(SpecError) as raised:
        normal_form(spec)
    assert mistake in str(raised.value)
    assert "A spec is" not in str(raised.value)


@pytest.mark.parametrize("depth", [3_000, 100_000])
@pytest.mark.parametrize("key", ["of", "gate"])
def test_a_spec_that_is_nested_too_deeply_says_so(key, depth):
    spec = "coverage"
    for _ in range(depth):
        spec = {"gate": "renders", "of": "coverage"} | {key: spec}
    for read in (normal_form, rewards.make):
        with pytest.raises(SpecError, match=r"nested too deeply; make a part of it with rewards\.make"):
            read(spec)
    while isinstance(spec, dict):  # letting go of it all at once would be deep, too
        spec = spec.pop(key)


@pytest.mark.parametrize(
    "bad", [{"threshold": 0}, {"threshold": 1.5}, {"bonus": 1}, {"bonus": -0.1}, {"bonus": True}]
)
def test_threshold_and_bonus_of_a_gate_lie_in_their_ranges(bad):
    with pytest.raises(SpecError, match=r"A gate has a threshold above 0 .* not threshold=.* and bonus="):
        normal_form({"gate": "renders", "of": "coverage"} | bad)


@pytest.mark.parametrize(
    "spec",
    [
        "coverage(low=open)",
        "coverage(low=open('x'))",
        "coverage(low=(lambda: 1)())",
        "coverage(low=[x for x in 'a'])",
        "coverage(low=1 + 'a')",
        "coverage(low={[]: 1})",
    ],
)
def test_parameters_in_expressions_are_literals_and_nothing_else(spec):
    with pytest.raises(SpecError, match="a parameter is a literal"):
        normal_form(spec)


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, b"x", 1j, {1: 2}, object(), [math.nan]])
def test_parameters_that_json_cannot_hold_are_refused_by_name(value):
    with pytest.raises(SpecError, match=r"low=.*does not fit into JSON"):
        normal_form({"name": "coverage", "low": value})


@pytest.mark.parametrize("weight", [-1, math.nan, math.inf, 10**400, True, "1", None])
def test_weights_are_finite_and_at_least_0(weight):
    with pytest.raises(SpecError, match="A weight is a finite number of at least 0"):
        normal_form({"weighted": [[weight, "coverage"]]})


@pytest.mark.parametrize("spec", ["-0.5*coverage", "1e999*coverage", "1e300*(1e300*coverage)"])
def test_weights_in_expressions_are_finite_and_at_least_0(spec):
    with pytest.raises(SpecError, match="A weight is a finite number of at least 0"):
        normal_form(spec)


@pytest.mark.parametrize("spec", ["bonus(a, b, share=0)", "bonus(a, b, share='x')", "bonus(a, b, share=1.5)"])
def test_a_share_in_an_expression_is_above_0_and_at_most_1(spec):
    with pytest.raises(SpecError, match="A bonus has a share above 0 and at most 1"):
        normal_form(spec)


@pytest.mark.parametrize("members", [[], "coverage", 3, [["coverage"]], [["coverage", 1]], [[1, "a", "b"]]])
def test_a_mix_without_well_formed_members_is_refused(members):
    with pytest.raises(SpecError):
        normal_form({"weighted": members})


@pytest.mark.parametrize("spec", ["+".join(["a"] * 50_000), "(" * 5_000 + "a" + ")" * 5_000])
def test_a_monstrous_expression_is_refused(spec):
    with pytest.raises(SpecError):
        normal_form(spec)


@pytest.mark.parametrize(
    "spec",
    [
        "os:system",
        "os:system(command='true')",
        {"name": "os:system", "command": "true"},
        "0.5*coverage + 0.5*os:system(command='true')",
        "gated(coverage, gate=os:system, bonus=0.1)",
        "gated(os:system, gate=renders)",
        "penalised(coverage, penalty=os:system)",
        "bonus(coverage, mapped(os:system, fn='log_tamed'))",
        "bonus(os:system, coverage)",
        "mapped(coverage, fn='os:system')",
    ],
)
def test_a_spec_of_somebody_elses_may_not_name_code(spec):
    normal_form(spec)
    with pytest.raises(
        SpecError, match=r"'os:system' names code, which a spec from a file or a request may not"
    ):
        normal_form(spec, modules=False)


def test_a_spec_of_somebody_elses_may_name_what_is_registered():
    spec = "gated(0.3*coverage(low=0.2) + mapped(dino(model='a:b'), fn='log_tamed'), gate=renders)"
    assert normal_form(spec, modules=False) == normal_form(spec)
