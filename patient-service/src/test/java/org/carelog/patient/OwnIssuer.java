package org.carelog.patient;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.carelog.testing.RealPlatform;
import org.eclipse.microprofile.config.ConfigProvider;

/** Lets the service take the tokens that the test signs, in the place of the realm's: those live as long as it says. */
public final class OwnIssuer implements QuarkusTestResourceLifecycleManager {
    private static final String KEY = "carelog.test.signing-key";

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return Map.of(
                    "quarkus.oidc.auth-server-url",
                    "",
                    "quarkus.oidc.public-key",
                    base64(pair.getPublic().getEncoded()),
                    "quarkus.oidc-client.auth-server-url",
                    RealPlatform.issuer().toString(),
                    KEY,
                    base64(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** After the one that names the realm. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {}

    /** A clinician's. */
    static String token(String audience, Instant expiry) throws GeneralSecurityException {
        String signed = base64url("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + base64url("""
                {"sub":"ada","aud":"%s","iat":%d,"exp":%d,"realm_access":{"roles":["clinician"]}}""".formatted(audience, Instant.now().getEpochSecond(), expiry.getEpochSecond()));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(
                        Base64.getDecoder().decode(ConfigProvider.getConfig().getValue(KEY, String.class)))));
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
