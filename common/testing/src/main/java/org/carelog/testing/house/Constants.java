package org.carelog.testing.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The string constants of a class, SQL statements among them. */
final class Constants {
    private Constants() {}

    /** Has a string constant that is, from its beginning to its end, of the form. */
    static ArchCondition<JavaClass> contain(String form) {
        Pattern pattern = Pattern.compile(form);
        return new ArchCondition<>("hold a string like " + form) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (String constant : of(type)) {
                    events.add(new SimpleConditionEvent(
                            type,
                            pattern.matcher(constant).matches(),
                            "%s holds \"%s\"".formatted(type.getName(), constant.strip())));
                }
            }
        };
    }

    private static List<String> of(JavaClass type) {
        List<String> constants = new ArrayList<>();
        for (PoolEntry entry : ClassFile.of().parse(bytes(type)).constantPool()) {
            if (entry instanceof StringEntry text) {
                constants.add(text.stringValue());
            }
        }
        return constants;
    }

    private static byte[] bytes(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
