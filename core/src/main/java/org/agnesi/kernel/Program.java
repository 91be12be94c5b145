package org.agnesi.kernel;

import java.util.List;

/// A kernel: loops over buffers. Extents are scalars over [Scalar.Size] of the buffers, so it serves all shapes.
///
/// Inputs come first, then outputs, then scratch. It prints as pseudo-code.
public record Program(List<Storage> buffers, Stmt body) {
    public Program {
        buffers = List.copyOf(buffers);
        for (int k = 1; k < buffers.size(); k++) if (buffers.get(k).role().compareTo(buffers.get(k - 1).role()) < 0)
            throw new IllegalArgumentException("a program has its inputs first, then its outputs, then its scratch, but got " + buffers);
    }

    public List<Storage> inputs() { return of(Storage.Role.INPUT); }

    public List<Storage> outputs() { return of(Storage.Role.OUTPUT); }

    private List<Storage> of(Storage.Role role) { return buffers.stream().filter(b -> b.role() == role).toList(); }

    /// Every scalar it computes, parts before what is computed from them.
    public List<Scalar> scalars() { return Scalars.inOrder(Stmts.scalars(body)); }

    @Override public String toString() { return Pseudocode.of(this); }
}
