package org.carelog.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request that no HTTP client would send: its first line is written as it is given. */
public final class RawRequest {

    private RawRequest() {}

    /**
     * The whole answer as text, beginning with the status line.
     *
     * @param name of the demo user whose token goes along
     * @param target such as {@code /fhir/Patient/%zz}
     */
    public static String get(String name, String target) {
        String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(target, RealPlatform.token(name));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
