package org.carelog.local.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.process.Command;
import org.carelog.local.process.Jdk;
import org.carelog.local.service.Service;

/** The gateway as a process of its own: load on it must not touch the process that watches the others. */
public final class GatewayProgram {

    private static final String LOOPBACK = "127.0.0.1";

    /** What the JVM is told; a container tells its own the same. */
    public static final List<String> JVM = List.of(
            "-Xms32m",
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dvertx.disableDnsResolver=true");

    private GatewayProgram() {}

    /** The command that runs it in the foreground, from this process's class path. */
    public static Command command(Ports ports, Path log) {
        List<Upstream> upstreams = Arrays.stream(Service.values())
                .map(service -> new Upstream(service.id(), replicas(service, ports)))
                .toList();
        GatewaySettings settings = new GatewaySettings(
                LOOPBACK, ports.number(Port.GATEWAY), ports.number(Port.GATEWAY_MANAGEMENT), upstreams);
        List<String> line = new ArrayList<>();
        line.add(Jdk.program("java").toString());
        line.addAll(JVM);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Gateway.class.getName()));
        line.addAll(settings.arguments());
        return new Command(line, Map.of("MALLOC_ARENA_MAX", "2"), log);
    }

    private static List<Upstream.Replica> replicas(Service service, Ports ports) {
        return IntStream.rangeClosed(1, ports.scale().replicas())
                .mapToObj(replica -> new Upstream.Replica(
                        LOOPBACK,
                        ports.number(service.port(), replica),
                        ports.number(service.managementPort(), replica)))
                .toList();
    }
}
