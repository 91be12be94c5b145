package org.agnesi.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Scalar.Local;

/// What a program does, whatever it calls things: programs of equal instructions may run each other's code.
///
/// It is flat, so that comparing takes no longer than the program is: each scalar stands for itself once, and its parts, like what
/// statements compute, are numbers of scalars, written as locals. Buffers have no names, and locals are numbered as they come.
///
/// @param scalars parts before what is computed from them
public record Instructions(List<Storage> buffers, List<Scalar> scalars, Stmt body) {
    public static Instructions of(Program program) {
        var numbering = new Numbering();
        var body = Stmts.map(program.body(), numbering);
        var buffers = program.buffers().stream().map(numbering::buffer).toList();
        return new Instructions(buffers, List.copyOf(numbering.scalars), body);
    }

    private static final class Numbering implements Stmts.Change {
        private final List<Scalar> scalars = new ArrayList<>();
        private final Map<Scalar, Scalar> numbers = new IdentityHashMap<>();
        private final Map<Local, Local> locals = new HashMap<>();

        @Override public Scalar scalar(Scalar x) { return Scalars.map(x, this::number, numbers); }

        private Scalar number(Scalar x) {
            scalars.add(x instanceof Local local ? local(local) : x);
            return new Local(scalars.size() - 1, x.dtype());
        }

        @Override public Local local(Local local) { return locals.computeIfAbsent(local, l -> new Local(locals.size(), l.dtype())); }

        Storage buffer(Storage b) {
            return new Storage("", b.dtype(), b.rank(), b.role(), b.length() == null ? null : scalar(b.length()));
        }
    }
}
