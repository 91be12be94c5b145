package org.agnesi.cli;

import org.agnesi.symbolic.Expr;

/// A derivative that was asked for, and how it is written: `∂f/∂x`.
record Question(String title, Expr derivative) {}
