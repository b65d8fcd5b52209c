package org.carelog.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Our methods in a recording, by how often they or anything that they called was at work. */
final class OurMethods {

    private static final String OURS = "org.carelog.";
    /** Classes around ours that were made at build or run time. */
    private static final Pattern GENERATED = Pattern.compile("_ClientProxy|_Subclass|quarkusrestinvoker|\\$\\$Lambda");

    private static final int MOST = 25;

    private OurMethods() {}

    static Table in(Path recording) throws IOException {
        Map<String, Integer> samples = new HashMap<>();
        int all = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    all++;
                    ours(event).forEach(method -> samples.merge(method, 1, Integer::sum));
                }
            }
        }
        Table table = new Table("of " + all + " samples in or below", "%");
        int every = all;
        samples.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(method -> table.row(
                        method.getKey(), String.format(Locale.ROOT, "%.1f", 100.0 * method.getValue() / every)));
        return table;
    }

    /** Each once, however often it calls itself. */
    private static Set<String> ours(RecordedEvent sample) {
        if (sample.getStackTrace() == null) {
            return Set.of();
        }
        return sample.getStackTrace().getFrames().stream()
                .map(RecordedFrame::getMethod)
                .map(method -> method.getType().getName() + "." + method.getName())
                .filter(name ->
                        name.startsWith(OURS) && !GENERATED.matcher(name).find())
                .map(name -> name.substring(OURS.length()))
                .collect(Collectors.toSet());
    }
}
