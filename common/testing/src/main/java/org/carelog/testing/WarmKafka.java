package org.carelog.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.carelog.local.kafka.KafkaServer;
import org.carelog.local.process.Command;
import org.carelog.local.process.FreePort;

/** Kafka for tests. Each start begins with nothing: topics are a test's own. */
final class WarmKafka implements WarmPart.Server {

    private static final WarmPart PART = new WarmPart("kafka", Duration.ofMinutes(3), new WarmKafka());

    static KafkaServer running() {
        return server(PART.running());
    }

    @Override
    public Command prepare(Path directory, Properties facts) throws Exception {
        facts.setProperty("port", Integer.toString(FreePort.any()));
        facts.setProperty("controllerPort", Integer.toString(FreePort.any()));
        Path files = directory.resolve("broker");
        facts.setProperty("directory", files.toString());
        delete(files);
        KafkaServer server = server(facts);
        server.initialize();
        return server.shortLived(Map.of());
    }

    @Override
    public boolean answers(Properties facts) {
        return server(facts).answers();
    }

    private static KafkaServer server(Properties facts) {
        return KafkaServer.of(
                Checkout.root(),
                Path.of(facts.getProperty("directory")),
                Integer.parseInt(facts.getProperty("port")),
                Integer.parseInt(facts.getProperty("controllerPort")));
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
