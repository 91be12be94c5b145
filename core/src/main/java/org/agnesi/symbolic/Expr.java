package org.agnesi.symbolic;

import static org.agnesi.op.Constant.constant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.agnesi.error.Required;
import org.agnesi.op.Abs;
import org.agnesi.op.Add;
import org.agnesi.op.Compare;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Exp;
import org.agnesi.op.Indexing;
import org.agnesi.op.Length;
import org.agnesi.op.Log;
import org.agnesi.op.Logical;
import org.agnesi.op.Max;
import org.agnesi.op.Mean;
import org.agnesi.op.Min;
import org.agnesi.op.Movement;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Pow;
import org.agnesi.op.Products;
import org.agnesi.op.Rem;
import org.agnesi.op.Reshape;
import org.agnesi.op.Sqr;
import org.agnesi.op.Sqrt;
import org.agnesi.op.Sub;
import org.agnesi.op.Sum;
import org.jspecify.annotations.Nullable;

/// A formula: one result of one [Node]. Expressions compare by identity; methods build further nodes and change nothing.
///
/// The methods are named so that Kotlin's operators work (`x + y`, `x[0]`, `!p`); [org.agnesi.Tensors] has them all
/// as functions. Binary ones take an expression or a number; a number gives way to the expression's dtype.
/// Operands of different shapes broadcast as in NumPy, but only along dimensions known to be 1 when the expression
/// is built.
public sealed class Expr permits Shared {
    private final Node node;
    private final int index;
    private volatile @Nullable String name;
    private volatile @Nullable List<Expr> lengths;

    Expr(Node node, int index) {
        this.node = node;
        this.index = index;
    }

    /// The only result of `op(args)`, typed and checked.
    public static Expr of(Op op, List<Expr> args) { return Node.of(op, args).result(0); }

    /// The only result of `op(args)`, typed and checked.
    public static Expr of(Op op, Expr... args) { return of(op, Arrays.asList(Required.of("an op", "arguments", args))); }

    /// All results of `op(args)`.
    public static List<Expr> all(Op op, List<Expr> args) { return Node.of(op, args).results(); }

    public Node node() { return node; }

    /// Which of its node's results this is.
    public int index() { return index; }

    public TensorType type() { return node.types().get(index); }

    /// The name the user gave it, shown in messages and prints.
    public @Nullable String name() { return name; }

    /// This expression, now called `name`. The name is a label for people; nothing is looked up by it.
    public Expr named(String name) {
        this.name = name;
        return this;
    }

    /// Whether its dtype gives way to another operand's: Java literals, and what is made of them alone.
    public boolean isWeak() { return node.isWeak(); }

    /// Whether this stands for other expressions in a rule.
    public boolean isPattern() { return node.isPattern(); }

    /// Whether this is a constant scalar of this value.
    public boolean isConstant(double value) {
        return node.op() instanceof Constant(var array, var _) && array.rank() == 0 && array.toDouble() == value;
    }

    /// The value of a constant integer scalar, where it is one.
    public OptionalLong constantLong() {
        return node.op() instanceof Constant(var array, var _) && array.rank() == 0 && array.dtype().isInteger()
            ? OptionalLong.of(array.toLong()) : OptionalLong.empty();
    }

    // arithmetic, in Kotlin's names

    public Expr plus(Expr b)    { return Add.add(this, b); }
    public Expr plus(Number b)  { return Add.add(this, constant(b)); }
    public Expr minus(Expr b)   { return Sub.sub(this, b); }
    public Expr minus(Number b) { return Sub.sub(this, constant(b)); }
    public Expr times(Expr b)   { return Mul.mul(this, b); }
    public Expr times(Number b) { return Mul.mul(this, constant(b)); }
    public Expr div(Expr b)     { return Div.div(this, b); }
    public Expr div(Number b)   { return Div.div(this, constant(b)); }
    /// The remainder with the sign of `b`, as Python's `%`.
    public Expr rem(Expr b)     { return Rem.rem(this, b); }
    public Expr rem(Number b)   { return Rem.rem(this, constant(b)); }
    public Expr unaryMinus()    { return Neg.neg(this); }
    public Expr neg()           { return Neg.neg(this); }
    public Expr not()           { return Logical.not(this); }
    public Expr pow(Expr b)     { return Pow.pow(this, b); }
    public Expr pow(Number b)   { return Pow.pow(this, constant(b)); }

    // indexing

    /// Elements, rows, spans and picks, as NumPy indexes: integers and integer scalars (negative from the end), the spans of
    /// [org.agnesi.Tensors] (`all()`, `range(1, 3)`, `from(1)`, `upTo(-1)`, `newAxis()`, `ellipsis()`), tensors of
    /// positions, boolean masks.
    public Expr get(Object... index) { return Indexing.get(this, index); }

    /// The elements [#get] would read, to be replaced or added to: `x.at(0).set(1)` is a new tensor.
    public Region at(Object... index) { return Indexing.at(this, index); }

    // products

    public Expr dot(Expr b) { return Products.dot(this, b); }

    // elementary functions

    public Expr exp() { return Exp.exp(this); }
    public Expr log() { return Log.log(this); }
    public Expr sqrt() { return Sqrt.sqrt(this); }
    public Expr sqr() { return Sqr.sqr(this); }
    public Expr abs() { return Abs.abs(this); }

    // comparisons

    public Expr lt(Expr b)   { return Compare.lt(this, b); }
    public Expr lt(Number b) { return Compare.lt(this, constant(b)); }
    public Expr le(Expr b)   { return Compare.le(this, b); }
    public Expr le(Number b) { return Compare.le(this, constant(b)); }
    public Expr gt(Expr b)   { return Compare.gt(this, b); }
    public Expr gt(Number b) { return Compare.gt(this, constant(b)); }
    public Expr ge(Expr b)   { return Compare.ge(this, b); }
    public Expr ge(Number b) { return Compare.ge(this, constant(b)); }
    public Expr eq(Expr b)   { return Compare.eq(this, b); }
    public Expr eq(Number b) { return Compare.eq(this, constant(b)); }
    public Expr ne(Expr b)   { return Compare.ne(this, b); }
    public Expr ne(Number b) { return Compare.ne(this, constant(b)); }

    // reductions

    public Expr sum()            { return Sum.sum(this); }
    public Expr sum(int... axes) { return Sum.sum(this, Axes.over(axes)); }
    public Expr sum(Axes axes)   { return Sum.sum(this, axes); }
    public Expr mean()           { return Mean.mean(this); }
    public Expr mean(int... axes) { return Mean.mean(this, Axes.over(axes)); }
    public Expr mean(Axes axes)  { return Mean.mean(this, axes); }
    public Expr max()           { return Max.max(this); }
    public Expr max(int... axes) { return Max.max(this, Axes.over(axes)); }
    public Expr max(Axes axes)  { return Max.max(this, axes); }
    public Expr min()           { return Min.min(this); }
    public Expr min(int... axes) { return Min.min(this, Axes.over(axes)); }
    public Expr min(Axes axes)  { return Min.min(this, axes); }

    // shape

    /// The same elements in C order under another shape: ints, one of them −1 perhaps, and int64 expressions.
    public Expr reshape(Object... shape) { return Reshape.reshape(this, shape); }

    /// The dimensions in another order, `"x"` for new ones of size 1.
    public Expr dimshuffle(Object... pattern) { return Movement.dimshuffle(this, pattern); }

    /// The lengths of all dimensions as an int64 vector.
    public Expr shape() { return Concatenate.shape(this); }

    /// All elements in one dimension.
    public Expr flatten() { return Reshape.flatten(this); }

    /// The transpose: all dimensions reversed.
    public Expr T() { return DimShuffle.transpose(this); }

    /// The length of the first dimension, an int64 scalar.
    public Expr length() { return length(0); }

    /// The length of one dimension, an int64 scalar; negative axes count from the end.
    public Expr length(int axis) { return isPattern() ? Length.length(this, axis) : lengths().get(Axes.normalize("length", this, axis)); }

    /// The lengths of all dimensions, int64 scalars.
    public List<Expr> lengths() {
        var found = lengths;
        if (found != null) return found;
        var made = new ArrayList<Expr>(type().rank());
        for (int axis = 0; axis < type().rank(); axis++) made.add(Length.length(this, axis));
        return lengths = Collections.unmodifiableList(made);
    }

    /// How its op is written, a variable by the name it has now.
    Symbol symbol() {
        var own = node.op().symbol(node.args());
        return own instanceof Symbol.Leaf && name != null ? new Symbol.Leaf(name) : own;
    }

    /// A short form for messages: the name, else the formula to a small depth.
    @Override public String toString() { return Brief.of(this); }

    /// The formula in one short line, even where this has a name.
    public String formula() { return Brief.formula(this); }
}
