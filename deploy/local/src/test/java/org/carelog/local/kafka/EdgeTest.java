package org.carelog.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that knows an issuer without keys: nobody has a token that is good here, and the platform its password. */
class EdgeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static HttpServer issuer;
    private static KafkaServer server;
    private static ChildProcess process;

    @BeforeAll
    static void start() throws Exception {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            byte[] none = "{\"keys\": []}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, none.length);
            exchange.getResponseBody().write(none);
            exchange.close();
        });
        issuer.start();
        URI address = URI.create("http://localhost:" + issuer.getAddress().getPort());
        server = KafkaServer.of(Path.of(System.getProperty("carelog.root")), directory, FreePort.any(), FreePort.any())
                .behind(new Edge(FreePort.any(), "not-a-secret", address, address.resolve("/keys")));
        server.initialize();
        process = ChildProcess.start(server.shortLived(Map.of()));
        await("Kafka, log in " + server.log()).atMost(PATIENCE).until(server::answers);
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            process.kill();
        }
        issuer.stop(0);
    }

    @Test
    void thePlatformMakesTopicsWithItsPassword() throws Exception {
        // When
        Topics.create(server.administrator(), Topics.CARELOG);

        // Then
        try (Admin admin = Admin.create(server.administrator())) {
            assertThat(admin.listTopics().names().get())
                    .containsAll(Topics.CARELOG.stream().map(Topic::name).toList());
        }
    }

    @Test
    void anotherPasswordIsRefused() {
        // Given
        Map<String, Object> guess = new HashMap<>(server.administrator());
        guess.computeIfPresent(
                "sasl.jaas.config", (_, login) -> login.toString().replace("not-a-secret", "a-guess"));

        // When, Then
        assertThatThrownBy(() -> describe(guess)).hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void whoShowsNothingAtTheClientsPortIsNotAnswered() {
        // Given
        Map<String, Object> open = Map.of(
                "bootstrap.servers",
                server.bootstrapServers(),
                "request.timeout.ms",
                2_000,
                "default.api.timeout.ms",
                2_000);

        // When, Then
        assertThatThrownBy(() -> describe(open)).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void whatAClientIsNoLongerGrantedIsTakenAwayAndOthersKeepTheirs() throws Exception {
        // Given
        Grant other = new Grant("other", List.of("a."), List.of("b."));
        Grants.set(server.administrator(), List.of(other, new Grant("engine", List.of("a.", "b."), List.of("c."))));

        // When
        Grant less = new Grant("engine", List.of("a."), List.of());
        Grants.set(server.administrator(), List.of(less));

        // Then
        try (Admin admin = Admin.create(server.administrator())) {
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(List.of(less, other).stream()
                            .flatMap(Grant::bindings)
                            .toList());
        }
    }

    @Test
    void thePasswordIsInNoFileThatOthersRead() throws IOException {
        // When
        Path settings = directory.resolve("server.properties");

        // Then
        assertThat(settings).content().contains("not-a-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                .isEqualTo("rw-------");
    }

    private static void describe(Map<String, Object> client) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().nodes().get();
        }
    }
}
