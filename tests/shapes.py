"""Shapes of arrays, checked at every call of a kernel in a run of tests with `CQSIM_SHAPES` set.

Signatures say `Shaped[Array, "series years paths"]`, which nobody reads at run time. Here jaxtyping's `Shaped` takes
the place of the one in `cqsim.arrays` before anything else is imported, and beartype checks every function of the
chapters below whose signature names a shape.
"""

import sys
from types import ModuleType

CHAPTERS = ("cqsim.simulation", "cqsim.growth", "cqsim.targets", "cqsim.distributions")


def install():
    """Check shapes from now on; modules that are already imported are left as they are."""
    import jaxtyping
    from beartype import beartype

    import cqsim.arrays

    def checked(function):
        """A function with shapes is checked; one without is none of our business here."""
        hints = getattr(function, "__annotations__", {})
        shapes = {name: hint for name, hint in hints.items() if "Shaped[" in str(hint)}
        if not shapes:
            return function
        function.__annotations__ = shapes  # types are mypy's business
        return beartype(function)

    cqsim.arrays.Shaped = jaxtyping.Shaped
    module = ModuleType("checked_shapes")
    module.checked = checked
    sys.modules[module.__name__] = module
    jaxtyping.install_import_hook(CHAPTERS, f"{module.__name__}.checked")
