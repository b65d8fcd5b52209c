package org.carelog.patient;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Turns traces on, and keeps what it gets of them in a file. */
public final class SpanCollector implements QuarkusTestResourceLifecycleManager {
    private static final String FILE = "carelog.test.spans";

    private HttpServer server;
    private Path file;

    @Override
    public Map<String, String> start() {
        try {
            file = Files.createTempFile("carelog-spans-", "");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                Files.write(file, exchange.getRequestBody().readAllBytes(), StandardOpenOption.APPEND);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.otel.sdk.disabled",
                "false",
                "quarkus.otel.exporter.otlp.endpoint",
                "http://localhost:" + server.getAddress().getPort(),
                "quarkus.otel.bsp.schedule.delay",
                "100ms",
                FILE,
                file.toString());
    }

    /** All that it was sent, texts as they are. */
    static String collected() {
        try {
            return Files.readString(
                    Path.of(ConfigProvider.getConfig().getValue(FILE, String.class)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
