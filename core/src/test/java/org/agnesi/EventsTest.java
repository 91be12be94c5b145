package org.agnesi;

import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    @TempDir Path folder;

    private List<RecordedEvent> events(Recording recording, String name) throws IOException {
        var file = folder.resolve(name + ".jfr");
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    }

    private static Compiled function(String name) {
        var x = dvector("x");
        return Agnesi.function().inputs(x).outputs(sum(exp(x))).name(name).compile();
    }

    @Test void compilingIsThreePhases() throws IOException {
        try (var recording = new Recording()) {
            recording.start();
            function("softly");
            var phases = events(recording, "org.agnesi.Compile").stream().filter(event -> event.getString("function").equals("softly"));
            assertThat(phases).extracting(event -> event.getString("phase")).containsExactly("rewrite", "schedule", "kernels");
        }
    }

    @Test void callsAreRecordedFromTheThresholdOn() throws IOException {
        var f = function("often");
        try (var recording = new Recording()) {
            recording.enable("org.agnesi.Call").withThreshold(Duration.ZERO);
            recording.start();
            for (int k = 0; k < 5; k++) f.call(new double[] {1, 2});
            for (int k = 0; k < 5; k++) f.callInto(List.of(NDArray.of(0.0)), List.of(new double[] {1, 2}));
            assertThat(events(recording, "org.agnesi.Call")).hasSize(10)
                .allSatisfy(event -> assertThat(event.getString("function")).isEqualTo("often"));
        }
    }

    @Test void quickCallsAreLeftOutUnlessAskedFor() throws IOException {
        var f = function("seldom");
        for (int k = 0; k < 1000; k++) f.call(new double[] {1, 2});
        try (var recording = new Recording()) {
            recording.start();
            for (int k = 0; k < 100; k++) f.call(new double[] {1, 2});
            f.call(NDArray.zeros(DType.FLOAT64, 2_000_000));
            assertThat(events(recording, "org.agnesi.Call")).isNotEmpty().hasSizeLessThan(50);
        }
    }
}
