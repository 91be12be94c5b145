package org.agnesi.symbolic;

import org.jspecify.annotations.Nullable;

/// A set of nodes, for walks over graphs: a node's number tells its place, which takes less than an identity's hash.
final class NodeSet {
    /// 2⁶⁴ over the golden ratio: numbers that follow each other, or skip as many, come to lie far apart.
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private @Nullable Node[] table = new Node[16];
    private int size;

    /// Whether it was not in the set; now it is.
    boolean add(Node node) {
        int at = place(node);
        if (table[at] != null) return false;
        table[at] = node;
        if (2 * ++size > table.length) grow();
        return true;
    }

    /// Where it is, or may be put.
    private int place(Node node) {
        int at = (int) (node.number() * SPREAD >>> 64 - Integer.numberOfTrailingZeros(table.length));
        while (table[at] != null && table[at] != node) at = at + 1 & table.length - 1;
        return at;
    }

    private void grow() {
        var before = table;
        table = new Node[2 * before.length];
        for (var node : before) if (node != null) table[place(node)] = node;
    }
}
