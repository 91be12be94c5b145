/// Words on a command line → formulas and values → derivatives on the terminal.
///
/// Open [Main] first: it names the subcommands and turns mistakes into messages and exit codes.
@NullMarked
package org.agnesi.cli;

import org.jspecify.annotations.NullMarked;
