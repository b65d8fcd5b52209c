package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.process.ClassArchive;
import org.carelog.local.process.Command;
import org.carelog.local.process.Jdk;
import org.carelog.local.service.Service;
import org.carelog.local.supervisor.Part;

/** The one FHIR base. It needs nobody to run: it says what of the services is not there. */
public record GatewayPart(Installation installation, Ports ports, Path log) implements Part {

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

    static final String NAME = "gateway";

    /** Of pages that browsers let use the base, with commas between. */
    private static final String ORIGINS = "CARELOG_ALLOWED_ORIGINS";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return ports.number(Port.GATEWAY);
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public Command prepare() throws IOException {
        Path jar = installation.built("deploy/gateway/target/carelog-gateway.jar");
        List<String> line = new ArrayList<>();
        line.add(Jdk.program("java").toString());
        line.addAll(JVM);
        line.addAll(List.of("-jar", jar.toString(), address(port(), management())));
        Stream.of(Service.values()).map(this::upstream).forEach(line::add);
        Optional.ofNullable(System.getenv(ORIGINS))
                .map("--allowed-origins="::concat)
                .ifPresent(line::add);
        return new Command(line, Map.of("MALLOC_ARENA_MAX", "2"), log)
                .withOptions(ClassArchive.options(installation.gatewayClasses()));
    }

    private String upstream(Service service) {
        return service.id() + "="
                + IntStream.rangeClosed(1, ports.scale().replicas())
                        .mapToObj(replica -> address(
                                ports.number(service.port(), replica), ports.number(service.managementPort(), replica)))
                        .collect(Collectors.joining(","));
    }

    private static String address(int port, int management) {
        return "127.0.0.1:%d:%d".formatted(port, management);
    }

    private int management() {
        return ports.number(Port.GATEWAY_MANAGEMENT);
    }

    @Override
    public boolean answers() {
        return HttpHealth.isUp(URI.create("http://127.0.0.1:%d/q/health/ready".formatted(management())));
    }

    /** It is ready when it knows where each type belongs, so after the last service. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }
}
