package org.agnesi.kernel;

import java.util.List;

/// A [Cost] as text.
final class CostTable {
    private CostTable() {}

    static String of(Cost cost) {
        var table = new Table(2);
        table.row("step", "line", "times", "flops", "elementary", "bytes read", "bytes written", "largest temporary");
        rows(table, cost.steps(), "");
        row(table, "total", "", "", cost.total(), cost.largestElements());
        var out = new StringBuilder(table.toString());
        out.append("\npeak of temporaries: ").append(Table.number(cost.peakBytes())).append(" bytes");
        cost.largest().ifPresent(largest -> out.append("; the largest is ").append(largest));
        out.append('\n');
        if (!cost.unknown().isEmpty()) out.append("counted as 0, since only running tells: ")
            .append(String.join(", ", cost.unknown())).append('\n');
        return out.toString();
    }

    private static void rows(Table table, List<Cost.Step> steps, String indent) {
        for (var step : steps) {
            row(table, indent + step.kind().label(step.name()), step.line(), Table.number(step.times()), step.work(),
                step.largest().map(Cost.Temporary::elements).orElse(0L));
            rows(table, step.inside(), indent + "  ");
        }
    }

    private static void row(Table table, String name, String line, String times, Work work, long largest) {
        table.row(name, line, times, Table.number(work.flops()), Table.number(work.elementary()), Table.number(work.bytesRead()),
            Table.number(work.bytesWritten()), Table.number(largest));
    }
}
