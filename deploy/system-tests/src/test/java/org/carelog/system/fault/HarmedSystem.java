package org.carelog.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.FreePorts;
import org.carelog.system.platform.Size;

/**
 * A system with which one may do everything: the ways to its servers can be cut, its services die where they are told to,
 * notice in six seconds, not ten, that a consumer is gone, and have clocks that are an hour apart. Begins with empty data.
 *
 * @param links by the server that they lead to; to Postgres the first replicas have {@code postgres}, the second ones
 *     {@code postgres-2}
 * @param failpoints where services look whether they are to die
 */
record HarmedSystem(Carelog carelog, Map<String, Link> links, Path failpoints) implements AutoCloseable {

    static HarmedSystem start(Path root, Path data, Size size) throws IOException {
        int offset = FreePorts.offset();
        Map<String, Link> links = new LinkedHashMap<>();
        int broker = 9092 + offset;
        for (String name : size.brokerNames()) {
            links.put(name, new Link(broker));
            broker += 100;
        }
        for (String name : size.replicasOf("postgres")) {
            links.put(name, new Link(5433 + offset));
        }
        Path failpoints = Files.createTempDirectory("carelog-failpoints");
        Carelog carelog = new Carelog(root, data, offset)
                .with(size)
                .with(Map.of(
                        "CARELOG_KAFKA_DETOUR",
                        ports(links, size.brokerNames()),
                        "CARELOG_POSTGRES_DETOUR",
                        ports(links, size.replicasOf("postgres")),
                        "CARELOG_SERVICE_OPTIONS",
                        "-Dquarkus.profile=chaos -Dcarelog.chaos.failpoints=" + failpoints
                                + " -Dcarelog.chaos.clocks.patient-service=PT30M"
                                + " -Dcarelog.chaos.clocks.encounter-service=-PT30M"
                                + " -Dkafka.session.timeout.ms=6000 -Dkafka.heartbeat.interval.ms=2000"));
        HarmedSystem system = new HarmedSystem(carelog, links, failpoints);
        try {
            carelog.run("down");
            carelog.done("reset", "--yes");
            carelog.up();
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private static String ports(Map<String, Link> links, List<String> servers) {
        return servers.stream()
                .map(server -> Integer.toString(links.get(server).port()))
                .collect(Collectors.joining(","));
    }

    /** The replica of the service dies that comes by there next. */
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
