package org.agnesi.cli;

import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// A name of the formula: its variable, and its value where one was given.
record Input(String name, Expr variable, @Nullable NDArray value) {}
