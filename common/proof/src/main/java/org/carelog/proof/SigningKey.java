package org.carelog.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;

/** The private half of a {@link VerifierKey}. Its text form is the public half. Thread-safe. */
public final class SigningKey {
    public static final int SEED_LENGTH = 32;

    private final SignatureType type;
    private final KeyPair keys;
    private final VerifierKey verifier;

    private SigningKey(String name, SignatureType type, KeyPair keys) {
        this.type = type;
        this.keys = keys;
        this.verifier = VerifierKey.of(name, type, keys.getPublic());
    }

    /**
     * @param name of the key; of a log's the origin of its checkpoints
     * @param seed the 32 secret bytes of RFC 8032
     */
    public static SigningKey of(String name, SignatureType type, byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new MalformedProof("a secret key has 32 bytes");
        }
        try {
            // the only way that the JDK has from a secret key to its public one: the generator takes what it is given
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return new SigningKey(name, type, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** A log's signature of a note's text. */
    public NoteSignature sign(String text) {
        require(SignatureType.ED25519);
        return new NoteSignature(verifier.name(), verifier.id(), signature(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A witness's signature of a checkpoint's text: C2SP tlog-cosignature, Format. */
    public NoteSignature cosign(String text, Instant at) {
        require(SignatureType.COSIGNATURE);
        long time = at.getEpochSecond();
        byte[] signature = signature(SignatureType.cosigned(time, text));
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time)
                .put(signature)
                .array();
        return new NoteSignature(verifier.name(), verifier.id(), timed);
    }

    private void require(SignatureType needed) {
        if (type != needed) {
            throw new IllegalStateException("a key of type " + type + " does not sign as " + needed);
        }
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return verifier.toString();
    }
}
