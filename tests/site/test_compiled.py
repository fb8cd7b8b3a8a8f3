"""Templates are compiled in our own way, and print what Jinja's own would."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup
from newsdigest.site.compiled import InPieces

PARTS = {
    "frame": "<title>{{ page.title }}</title>{% block main %}rien{% endblock %}<p>{{ 1 + 1 }}</p>",
    "row": "<li>{{ loop_of }}{{ row.title }}</li>",
    "rows": "{% macro one(row, sign='<') %}{{ sign }}{{ row.title }}{% endmacro %}",
}
SHOWN = {
    "page": SimpleNamespace(
        title="Port & « pêche » <1>",
        body=Markup("<b>&amp;</b>"),
        number=1.5,
        rows=[SimpleNamespace(title='"A"', of=None), {"title": "B'", "of": {"name": "Rê & Cie"}}],
    ),
}

TEMPLATES = {
    "text is escaped, markup and numbers are not": (
        "<p title='{{ page.title }}'>{{ page.body }} {{ page.number }} {{ none }}</p>",
        "<p title='Port &amp; « pêche » &lt;1&gt;'><b>&amp;</b> 1.5 None</p>",
    ),
    "what an object lacks, or a dictionary has": (
        "[{{ page.nothing }}]{% for row in page.rows %}[{{ row.title }}, {{ row.of.name }}]{% endfor %}",
        "[][&#34;A&#34;, ][B&#39;, Rê &amp; Cie]",
    ),
    "a frame, an include, a macro": (
        "{% extends 'frame' %}{% import 'rows' as rows %}{% block main %}"
        "{% for row in page.rows %}{% set loop_of = loop.index %}{% include 'row' %}{{ rows.one(row) }}"
        "{% endfor %}{% endblock %}",
        "<title>Port &amp; « pêche » &lt;1&gt;</title><li>1&#34;A&#34;</li>&lt;&#34;A&#34;"
        "<li>2B&#39;</li>&lt;B&#39;<p>2</p>",
    ),
    "filters, a block that is set, what is not escaped": (
        "{% set kept %}<i>{{ page.title | upper }}</i>{% endset %}{{ kept }}{{ page.title | safe }}"
        "{% autoescape false %}{{ page.title }}{% endautoescape %}{% filter lower %}{{ page.title }}{% endfilter %}",
        "<i>PORT &amp; « PÊCHE » &lt;1&gt;</i>Port & « pêche » <1>Port & « pêche » <1>"
        "port &amp; « pêche » &lt;1&gt;",
    ),
}


def environment(**options: object) -> Environment:
    return Environment(loader=DictLoader(PARTS), autoescape=True, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", TEMPLATES)
def test_a_template_prints_what_jinjas_own_would(case: str) -> None:
    source, printed = TEMPLATES[case]
    ours = environment()
    ours.code_generator_class = InPieces
    assert environment().from_string(source).render(SHOWN) == printed
    assert ours.from_string(source).render(SHOWN) == printed


def test_what_lacks_an_attribute_is_worked_out_once() -> None:
    ours = environment()
    ours.code_generator_class = InPieces
    rows = [{"of": {"name": "A"}}, {"of": {"name": "B"}}]
    assert ours.from_string("{{ rows.pop().of.name }}").render(rows=rows) == "B"
    assert len(rows) == 1


def test_a_sandbox_is_asked_for_what_it_hides() -> None:
    ours = SandboxedEnvironment()
    ours.code_generator_class = InPieces
    assert ours.from_string("[{{ page.__class__ }}]").render(SHOWN) == "[]"


def test_a_template_that_asks_for_what_is_not_there_fails_at_its_own_line() -> None:
    ours = environment(undefined=StrictUndefined)
    ours.code_generator_class = InPieces
    template = ours.from_string("{{ page.title }}\n<p>\n{{ page.nothing }}</p>")
    with pytest.raises(UndefinedError, match="no attribute 'nothing'") as error:
        template.render(SHOWN)
    lines = [entry.lineno + 1 for entry in error.traceback if "<template>" in str(entry.path)]
    assert lines == [3]
