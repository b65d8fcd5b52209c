package org.carelog.bench.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.carelog.local.load.InputResource;

/** What the copies of a person are searched by. */
record PersonTemplate(Template id, Template family, String birthDate) {

    static PersonTemplate of(InputResource model) throws IOException {
        return new PersonTemplate(
                template(model.id(), Set.of(model.id())),
                template(Patients.FAMILY, Set.of()),
                Person.of(model).birthDate());
    }

    Person copy(long number) {
        return new Person(text(id, number), text(family, number), birthDate);
    }

    private static Template template(String text, Set<String> uuids) {
        return new Template(text.getBytes(StandardCharsets.US_ASCII), uuids);
    }

    private static String text(Template template, long number) {
        return new String(template.copy(number, 0), StandardCharsets.US_ASCII);
    }
}
