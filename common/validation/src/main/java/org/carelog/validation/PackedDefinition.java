package org.carelog.validation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.r4.model.Resource;

/** A definition until somebody asks for it: a hundredth of what it takes when it is parsed. */
final class PackedDefinition {
    enum Form {
        JSON,
        XML
    }

    private final Form form;
    private final byte[] deflated;

    private PackedDefinition(Form form, byte[] deflated) {
        this.form = form;
        this.deflated = deflated;
    }

    static PackedDefinition of(Form form, byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 8);
        try (DeflaterOutputStream packer = new DeflaterOutputStream(bytes, deflater)) {
            packer.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return new PackedDefinition(form, bytes.toByteArray());
    }

    Resource parse() {
        try (InflaterInputStream content = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return (Resource)
                    switch (form) {
                        case JSON -> FhirJson.context().newJsonParser().parseResource(text);
                        case XML -> FhirJson.context().newXmlParser().parseResource(text);
                    };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%s of %d bytes".formatted(form, deflated.length);
    }
}
