package org.carelog.local.keycloak;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carelog.local.file.Sha256;

/**
 * A user's login to {@code clinical-app}, by authorization code with PKCE, without a browser: the login page's form is
 * sent as a person would, and the code is taken from the redirect before anybody follows it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636, PKCE</a>
 */
final class CodeFlow {

    private static final String CLIENT = "clinical-app";
    private static final String REDIRECT = "http://127.0.0.1/token";
    private static final Pattern LOGIN_FORM = Pattern.compile("<form[^>]*id=\"kc-form-login\"[^>]*>");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI authorization;
    private final TokenEndpoint endpoint;

    CodeFlow(URI issuer, TokenEndpoint endpoint) {
        this.authorization = URI.create(issuer + "/protocol/openid-connect/auth");
        this.endpoint = endpoint;
    }

    Token logIn(String user, String password, String scope) throws TokenException, InterruptedException {
        String verifier = random();
        String state = random();
        Map<String, String> redirected;
        try (Browser browser = new Browser()) {
            URI page = URI.create(authorization + "?" + Browser.encode(request(state, verifier, scope)));
            HttpResponse<String> login = browser.get(page);
            if (login.statusCode() == 200) {
                redirected =
                        redirect(browser.post(action(login.body()), Map.of("username", user, "password", password)));
            } else {
                redirected = redirect(login);
            }
        }
        if (redirected.containsKey("error")) {
            throw TokenEndpoint.refusal(
                    redirected.get("error"), redirected.getOrDefault("error_description", ""), scope);
        }
        if (!state.equals(redirected.get("state"))) {
            throw new TokenException("Keycloak answers a login that was not asked for");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", CLIENT);
        form.put("redirect_uri", REDIRECT);
        form.put("code", redirected.get("code"));
        form.put("code_verifier", verifier);
        return endpoint.ask(form);
    }

    private static Map<String, String> request(String state, String verifier, String scope) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", CLIENT);
        query.put("redirect_uri", REDIRECT);
        query.put("scope", scope);
        query.put("state", state);
        query.put("code_challenge_method", "S256");
        query.put("code_challenge", challenge(verifier));
        return query;
    }

    private static URI action(String page) throws TokenException {
        Matcher form = LOGIN_FORM.matcher(page);
        if (form.find()) {
            Matcher action = ACTION.matcher(form.group());
            if (action.find()) {
                return URI.create(action.group(1).replace("&amp;", "&"));
            }
        }
        throw new TokenException("Keycloak's login page has no login form");
    }

    private static Map<String, String> redirect(HttpResponse<String> response) throws TokenException {
        String location = response.headers().firstValue("Location").orElse("");
        if (!location.startsWith(REDIRECT)) {
            throw new TokenException(
                    response.statusCode() == 200
                            ? "Keycloak does not take this user's password, or they log in elsewhere at this moment"
                            : "Keycloak's login answered " + response.statusCode());
        }
        return Arrays.stream(location.substring(location.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    static String challenge(String verifier) {
        byte[] hash = Sha256.digest().digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
