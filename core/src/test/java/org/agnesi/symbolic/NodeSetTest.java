package org.agnesi.symbolic;

import static org.agnesi.Tensors.dscalar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSetTest {
    private static List<Node> nodes(int count) {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < count; i++) nodes.add(dscalar("x").node());
        return nodes;
    }

    @Test void takesEachNodeOnce() {
        var set = new NodeSet();
        var nodes = nodes(1000);
        for (var node : nodes) assertThat(set.add(node)).isTrue();
        for (var node : nodes) assertThat(set.add(node)).isFalse();
    }

    @Test void tellsNodesApartWhoseNumbersAreFarFromEachOther() {
        var set = new NodeSet();
        var nodes = nodes(5000);
        for (int i = 0; i < nodes.size(); i += 64) assertThat(set.add(nodes.get(i))).isTrue();
        for (int i = 1; i < nodes.size(); i += 64) assertThat(set.add(nodes.get(i))).isTrue();
        assertThat(set.add(nodes.get(64))).isFalse();
    }
}
