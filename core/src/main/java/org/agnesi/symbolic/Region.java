package org.agnesi.symbolic;

/// Elements of a tensor that are to be changed, `x.at(index…)`: each method gives a new tensor and leaves `x` as it is.
public interface Region {

    /// `x` with these elements replaced by `v`, which broadcasts; where a position repeats, its last value stays.
    Expr set(Expr v);

    /// As [#set(Expr)], one number for all.
    Expr set(Number v);

    /// `x` with `v` added to these elements; where a position repeats, all its values are added.
    Expr add(Expr v);

    /// As [#add(Expr)], one number for all.
    Expr add(Number v);
}
