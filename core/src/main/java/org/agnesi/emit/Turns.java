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
    /// Where turns from the chunk of a taste end.
    private static final int TASTE = -32;

    private Turns() {}

    /// @param points the variable of how many
    static void write(CodeBuilder code, int points) { write(code, points, TURNS); }

    /// Turns of a method for some points, which in a [Taste] are often none: it returns then, since what is done before the first of them
    /// takes long too.
    static void write(Emitter emitter, CodeBuilder code, int from, int to) {
        var some = code.newLabel();
        write(code, Outline.CHUNK, emitter.tastes ? TASTE : TURNS);
        code.iload(from).iload(to).if_icmplt(some).return_().labelBinding(some);
    }

    private static void write(CodeBuilder code, int first, int turns) {
        int k = code.allocateLocal(TypeKind.INT);
        Label turn = code.newLabel(), done = code.newLabel();
        code.iload(first).istore(k).labelBinding(turn);
        code.iload(k).loadConstant(turns).if_icmpge(done).iinc(k, 1).goto_(turn).labelBinding(done);
    }
}
