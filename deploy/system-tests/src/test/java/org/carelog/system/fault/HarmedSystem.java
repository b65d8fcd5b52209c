package org.carelog.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.FreePorts;

/**
 * A system with which one may do everything: the ways to its servers can be cut, its services die where they are told to,
 * notice in six seconds, not ten, that a consumer is gone, and have clocks that are an hour apart. Begins with empty data.
 *
 * @param links by the server that they lead to
 * @param failpoints where services look whether they are to die
 */
record HarmedSystem(Carelog carelog, Map<String, Link> links, Path failpoints) implements AutoCloseable {

    static HarmedSystem start(Path root, Path data) throws IOException {
        int offset = FreePorts.offset();
        Map<String, Link> links = Map.of("kafka", new Link(9092 + offset), "postgres", new Link(5433 + offset));
        Path failpoints = Files.createTempDirectory("carelog-failpoints");
        Carelog carelog = new Carelog(root, data, offset)
                .with(Map.of(
                        "CARELOG_KAFKA_DETOUR",
                        Integer.toString(links.get("kafka").port()),
                        "CARELOG_POSTGRES_DETOUR",
                        Integer.toString(links.get("postgres").port()),
                        "CARELOG_SERVICE_OPTIONS",
                        "-Dquarkus.profile=chaos -Dcarelog.chaos.failpoints=" + failpoints
                                + " -Dcarelog.chaos.clocks.patient-service=PT30M"
                                + " -Dcarelog.chaos.clocks.encounter-service=-PT30M"
                                + " -Dkafka.session.timeout.ms=6000 -Dkafka.heartbeat.interval.ms=2000"));
        HarmedSystem system = new HarmedSystem(carelog, links, failpoints);
        try {
            carelog.run("down");
            carelog.done("reset", "--yes");
            carelog.done("up", "--detach");
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    /** The service dies when it comes by there next. */
    void arm(String service, String failpoint) {
        try {
            Files.createFile(failpoints.resolve(service + "." + failpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its data and logs stay for who wants to look. */
    @Override
    public void close() throws IOException {
        carelog.run("down");
        carelog.processes().forEach(ProcessHandle::destroyForcibly);
        for (Link link : links.values()) {
            link.close();
        }
    }
}
