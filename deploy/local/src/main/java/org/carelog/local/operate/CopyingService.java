package org.carelog.local.operate;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.carelog.local.service.Service;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The services that keep copies of what another one owns. */
enum CopyingService {
    PATIENT(Service.PATIENT, "encounter-changed"),
    ENCOUNTER(Service.ENCOUNTER, "patient-changed");

    private final Service service;
    private final String channel;

    CopyingService(Service service, String channel) {
        this.service = service;
        this.channel = channel;
    }

    Service service() {
        return service;
    }

    /** By which the events of the other one come. */
    String channel() {
        return channel;
    }

    /** A service by its id. */
    static final class ById implements ITypeConverter<CopyingService> {
        @Override
        public CopyingService convert(String id) {
            return Arrays.stream(values())
                    .filter(copying -> copying.service.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + id + "' keeps no copies; "
                            + Arrays.stream(values())
                                    .map(copying -> copying.service.id())
                                    .collect(Collectors.joining(" and "))
                            + " do"));
        }
    }
}
