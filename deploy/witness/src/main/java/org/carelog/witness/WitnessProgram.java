package org.carelog.witness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SigningKey;

/**
 * {@code java -jar carelog-witness.jar HOST PORT LOGS STORE}, with the key, 32 bytes in base64, in the environment. Runs until it is
 * ended.
 */
public final class WitnessProgram {
    private static final String KEY = "CARELOG_WITNESS_KEY";
    private static final String NAME = "CARELOG_WITNESS_NAME";
    private static final String USUAL_NAME = "carelog/witness";

    private WitnessProgram() {}

    public static void main(String[] arguments) throws IOException {
        String secret = System.getenv(KEY);
        if (arguments.length != 4 || secret == null) {
            System.err.println("usage: witness HOST PORT LOGS STORE, and " + KEY + " in the environment");
            System.exit(2);
        }
        SigningKey key = SigningKey.of(
                System.getenv().getOrDefault(NAME, USUAL_NAME),
                SignatureType.COSIGNATURE,
                Base64.getDecoder().decode(secret));
        WitnessServer server = new WitnessServer(
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
                key,
                Path.of(arguments[2]),
                Path.of(arguments[3]),
                InstantSource.system());
        server.start();
        System.out.println("witness " + key.verifier() + " listens at port " + server.port());
    }
}
