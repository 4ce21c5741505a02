"""Numbers of people side by side in one vector of the processor, for Numba: `Lane` and what can be done with it.

A kernel reads as for one person: ``load(a, 3) * 0.5 + load(b, 3)`` counts for LANES people at once. No branch depends
on a person; what is missing has weight 0. Numbers written in the code take the precision of the lane.

References
----------
Lam, Pitrou & Seibert (2015), Numba: a LLVM-based Python JIT compiler.
"""

import operator
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

LANES = 32
# Sums may be fused with products, and nothing else is rearranged: one machine gives the same bits every time.
# Not even a division may become a product: whether it does hangs on how a loop is unrolled, and so on the longest
# diary beside.
FAST = ("contract", "nsz")
CACHE_LINE = 64

# Numba's cache sees that a function has changed, but not what it calls. As the default of an argument this is part of a
# compiled function's name, so that no cache outlives the code.
KERNELS = ("lanes", "lane_chance", "kernel", "kernel_level", "kernel_ahead", "compiled")
SOURCES = crc32(b"".join((files("kithwork.cycle") / f"{name}.py").read_bytes() for name in KERNELS))

# Bits of the root of a half, places of the mantissa, and what is added to an exponent, by width.
MARKS = {32: (0x3F3504F3, 23, 127), 64: (0x3FE6A09E667F3BCD, 52, 1023)}


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function of lanes, as part of those that call it."""
    return njit(fastmath=set(FAST), error_model="numpy")(function)


def whole_kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls, and keep it on disk; its last argument has to be SOURCES."""
    return njit(cache=True, nogil=True, fastmath=set(FAST), error_model="numpy")(function)


def _on_vectors(build: Callable[..., Any]) -> Any:
    """What is built is put in where it is called."""
    return intrinsic(build)


def room(count: int, dtype: Any) -> npt.NDArray[Any]:
    """Make an array of `count` lanes of 0 that starts on a cache line: shape (count, LANES)."""
    kind = np.dtype(dtype)
    raw = np.zeros(count * LANES * kind.itemsize + CACHE_LINE, dtype=np.uint8)
    start = -raw.__array_interface__["data"][0] % CACHE_LINE
    lanes: npt.NDArray[Any] = raw[start : start + count * LANES * kind.itemsize].view(kind)
    return lanes.reshape(count, LANES)


class Lane(types.Type):
    """LANES numbers of one kind."""

    def __init__(self, of: Any) -> None:
        self.of = of
        super().__init__(name=f"Lane({of})")


@register_model(Lane)
class _LaneModel(models.PrimitiveModel):
    def __init__(self, manager: Any, lane: Any) -> None:
        super().__init__(manager, lane, ir.VectorType(_kind(lane.of), LANES))  # type: ignore[no-untyped-call]


def _kind(of: Any) -> Any:
    if isinstance(of, types.Float):
        return ir.FloatType() if of.bitwidth == 32 else ir.DoubleType()
    return ir.IntType(of.bitwidth)


def _spread(context: Any, builder: Any, value: Any, kind: Any, lane: Any) -> Any:
    """The same number for everybody, where it is not a lane already."""
    if isinstance(kind, Lane):
        return value
    one = context.cast(builder, value, kind, lane.of)
    vector = context.get_value_type(lane)
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), one, ir.IntType(32)(0))
    nowhere = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(first, first, nowhere)


class _OnLanes(AbstractTemplate):
    """A lane and a lane, or a lane and a number for everybody."""

    def generic(self, args: Any, kws: Any) -> Any:
        lanes = [one for one in args if isinstance(one, Lane)]
        if kws or not lanes or not all(one == lanes[0] or isinstance(one, types.Number) for one in args):
            return None
        return signature(lanes[0], *args)


def _teach(act: Any, floats: str | None, whole: str | None) -> None:
    infer_global(act)(type(f"Lane_{act.__name__}", (_OnLanes,), {}))

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lane = sig.return_type
        both = [_spread(context, builder, one, kind, lane) for one, kind in zip(args, sig.args, strict=True)]
        if isinstance(lane.of, types.Float):
            return getattr(builder, str(floats))(*both, flags=FAST)
        return getattr(builder, str(whole))(*both)

    for pair in ((Lane, Lane), (Lane, types.Number), (types.Number, Lane)):
        lower_builtin(act, *pair)(lower)


for _act, _floats, _whole in (
    (operator.add, "fadd", "add"),
    (operator.iadd, "fadd", "add"),
    (operator.sub, "fsub", "sub"),
    (operator.isub, "fsub", "sub"),
    (operator.mul, "fmul", "mul"),
    (operator.imul, "fmul", "mul"),
    (operator.truediv, "fdiv", None),
    (operator.xor, None, "xor"),
    (operator.or_, None, "or_"),
    (operator.and_, None, "and_"),
    (operator.lshift, None, "shl"),
    (operator.rshift, None, "lshr"),
):
    _teach(_act, _floats, _whole)


def _place(context: Any, builder: Any, kind: Any, array: Any, at_kind: Any, at: Any) -> Any:
    data = context.make_array(kind)(context, builder, array).data
    at = context.cast(builder, at, at_kind, types.intp)
    start = builder.gep(data, [builder.mul(at, at.type(LANES))])
    return builder.bitcast(start, ir.VectorType(data.type.pointee, LANES).as_pointer())


@_on_vectors
def load(_typing: Any, array: Any, at: Any) -> Any:
    """Read the lane in row `at` of an array (n, LANES)."""

    def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place = _place(context, builder, sig.args[0], args[0], sig.args[1], args[1])
        return builder.load(place, align=array.dtype.bitwidth // 8)

    return Lane(array.dtype)(array, at), code


@_on_vectors
def store(_typing: Any, array: Any, at: Any, value: Any) -> Any:
    """Write a lane, or one number for everybody, to row `at` of an array (n, LANES)."""

    def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place = _place(context, builder, sig.args[0], args[0], sig.args[1], args[1])
        lane = _spread(context, builder, args[2], sig.args[2], Lane(array.dtype))
        builder.store(lane, place, align=array.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.none(array, at, value), code


@_on_vectors
def root(_typing: Any, value: Any) -> Any:
    """Square roots."""

    def code(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        vector = args[0].type
        name = f"llvm.sqrt.v{LANES}f{value.of.bitwidth}"
        function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(vector, [vector]), name)
        return builder.call(function, args)

    return value(value), code


def _compare(sign: str, than: Any) -> Any:
    """Build an intrinsic of two lanes, or of a lane and a number, that chooses by comparing."""

    def choose(_typing: Any, one: Any, other: Any) -> Any:
        def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            both = args[0], _spread(context, builder, args[1], sig.args[1], one)
            yes, no = than(both)
            return builder.select(builder.fcmp_ordered(sign, *both), yes, no)

        return one(one, other), code

    return _on_vectors(choose)


def _all(number: float) -> Any:
    return lambda vector: ir.Constant(vector, [number] * LANES)


larger = _compare(">", lambda both: both)
below = _compare("<", lambda both: (_all(1.0)(both[0].type), _all(0.0)(both[0].type)))


def _whole_like(vector: Any) -> Any:
    bits = 32 if isinstance(vector.element, ir.FloatType) else 64
    return ir.VectorType(ir.IntType(bits), LANES), MARKS[bits]


def _powers(builder: Any, value: Any) -> Any:
    """Bits, and the whole power of two for which what is left lies between the roots of a half and of two."""
    whole, (mark, places, _) = _whole_like(value.type)
    bits = builder.bitcast(value, whole)
    up = builder.ashr(builder.sub(bits, _all(mark)(whole)), _all(places)(whole))
    return bits, up, _all(places)(whole)


@_on_vectors
def power_in(_typing: Any, value: Any) -> Any:
    """The whole power of two in positive numbers, as a float: ``value = mantissa_in(value) * 2**power_in(value)``."""

    def code(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        _, up, _ = _powers(builder, args[0])
        return builder.sitofp(up, args[0].type)

    return value(value), code


@_on_vectors
def mantissa_in(_typing: Any, value: Any) -> Any:
    """What is left of positive numbers without their power of two: from the root of a half to the root of two."""

    def code(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        bits, up, places = _powers(builder, args[0])
        return builder.bitcast(builder.sub(bits, builder.shl(up, places)), args[0].type)

    return value(value), code


@_on_vectors
def two_to(_typing: Any, power: Any) -> Any:
    """Two to the power of whole numbers that are given as floats."""

    def code(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        whole, (_, places, added) = _whole_like(args[0].type)
        up = builder.add(builder.fptosi(args[0], whole), _all(added)(whole))
        return builder.bitcast(builder.shl(up, _all(places)(whole)), args[0].type)

    return power(power), code


@_on_vectors
def nearest(_typing: Any, value: Any) -> Any:
    """The nearest whole numbers, as floats; exact below 2**31."""

    def code(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        vector = args[0].type
        whole, _ = _whole_like(vector)
        half = builder.select(
            builder.fcmp_ordered("<", args[0], _all(0.0)(vector)), _all(-0.5)(vector), _all(0.5)(vector)
        )
        return builder.sitofp(builder.fptosi(builder.fadd(args[0], half), whole), vector)

    return value(value), code


@_on_vectors
def as_number(_typing: Any, bits: Any, like: Any) -> Any:
    """Whole numbers below 2**31 as floats, in the kind of `like`, an array of floats."""
    to = Lane(like.dtype)

    def code(context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        return builder.sitofp(args[0], context.get_value_type(to))

    return to(bits, like), code
