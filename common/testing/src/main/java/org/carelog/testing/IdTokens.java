package org.carelog.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tokens that the realm signs and that are not meant for Carelog: they tell {@code clinical-app} who has logged in, and
 * their audience is that app.
 */
public final class IdTokens {

    private static final String REDIRECT = URLEncoder.encode("http://127.0.0.1/token", StandardCharsets.UTF_8);
    // the example of RFC 7636, appendix B
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private IdTokens() {}

    /** Logs the demo user in. */
    public static String of(String name) throws IOException, InterruptedException {
        String protocol = RealPlatform.issuer() + "/protocol/openid-connect";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(URI.create(protocol
                                    + "/auth?response_type=code&client_id=clinical-app&scope=openid&redirect_uri="
                                    + REDIRECT + "&code_challenge_method=S256&code_challenge=" + CHALLENGE))
                            .build(),
                    BodyHandlers.ofString());
            HttpResponse<String> login = http.send(
                    form(
                                    found(ACTION, page.body()).replace("&amp;", "&"),
                                    "username=%1$s&password=%1$s".formatted(name))
                            .header("Cookie", cookies(page))
                            .build(),
                    BodyHandlers.ofString());
            String code = found(CODE, login.headers().firstValue("Location").orElse("none: " + login.statusCode()));
            HttpResponse<String> answer = http.send(
                    form(
                                    protocol + "/token",
                                    "grant_type=authorization_code&client_id=clinical-app&code=" + code
                                            + "&code_verifier=" + VERIFIER + "&redirect_uri=" + REDIRECT)
                            .build(),
                    BodyHandlers.ofString());
            return new ObjectMapper()
                    .readTree(answer.body())
                    .required("id_token")
                    .asText();
        }
    }

    private static HttpRequest.Builder form(String address, String form) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static String cookies(HttpResponse<?> page) {
        return page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("Keycloak's login is not as expected");
        }
        return matcher.group(1);
    }
}
