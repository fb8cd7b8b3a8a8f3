"""How templates become Python: as Jinja has it, but for what stands on every page hundreds of times.

Text and `{{ … }}` that follow each other are given in one piece; what is escaped only to be joined is no
`Markup` in between; an attribute that is there is asked for without Jinja's own function. The bytes are Jinja's.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

try:
    from markupsafe import _escape_inner as _escaped  # type: ignore[attr-defined]
except ImportError:  # they promise `escape` alone
    _escaped = escape


def printed(value: Any) -> str:
    """What `{{ value }}` prints, to be joined with what stands beside it."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    return value if kind is Markup else escape(value)


class InPieces(CodeGenerator):
    """For `Environment.code_generator_class`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {__name__} import printed")
        super().visit_Template(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        whole = frame.buffer is None and not frame.require_output_check
        escapes = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if not whole or not escapes or self.environment.finalize:
            super().visit_Output(node, frame)
            return
        self.writeline("yield concat((", node)
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(f"{child.data!r}, ")
            else:
                self.newline(child)
                self.write("printed(")
                self.visit(child, frame)
                self.write("), ")
        self.write("))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        asks_otherwise = type(self.environment).getattr is not Environment.getattr  # a sandbox
        if self.environment.is_async or asks_otherwise:
            super().visit_Getattr(node, frame)
            return
        # What is asked is worked out once: it may be a call.
        self.write("(_got if (_got := getattr((_of := ")
        self.visit(node.node, frame)
        self.write(
            f"), {node.attr!r}, missing)) is not missing else environment.getattr(_of, {node.attr!r}))"
        )
