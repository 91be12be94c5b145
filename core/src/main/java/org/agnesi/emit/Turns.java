package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/// A loop of nothing at the beginning of a method that is called for few points: HotSpot compiles what was called often and has gone
/// around often, and each point of vectors costs much until it has. What it then makes of this loop is nothing.
///
/// It compiles after 5,000 calls, or 600 if calls and turns are 15,000 together; after 40,000 turns it would compile this loop alone.
final class Turns {
    /// Calls for fewer points go around that often, less the points.
    private static final int TURNS = 48;

    private Turns() {}

    /// @param points the variable of how many
    static void write(CodeBuilder code, int points) {
        int k = code.allocateLocal(TypeKind.INT);
        Label turn = code.newLabel(), done = code.newLabel();
        code.iload(points).istore(k).labelBinding(turn);
        code.iload(k).loadConstant(TURNS).if_icmpge(done).iinc(k, 1).goto_(turn).labelBinding(done);
    }
}
