package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.IncomingValidation;
import org.carelog.fhir.Interaction.Action;
import org.carelog.fhir.LocalReference;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Exchange;
import org.carelog.records.interaction.Read;
import org.carelog.records.interaction.Validate;
import org.carelog.records.store.StoredVersion;

/** Turns what HTTP says into the arguments of {@link Validate}. */
@ApplicationScoped
class ValidateAnswer {
    private static final String MODE = "mode";
    private static final String PROFILE = "profile";

    private final RecordsConfig config;
    private final Read read;
    private final Validate validate;

    ValidateAnswer(RecordsConfig config, Read read, Validate validate) {
        this.config = config;
        this.read = read;
        this.validate = validate;
    }

    /** @param id null at the type's level */
    Answer answer(FhirRequest request, Exchange exchange, String id, Actor actor) {
        byte[] body = MediaTypes.jsonIfAny(request, config.maxBodySize().asLongValue());
        IncomingValidation input = body.length == 0 ? IncomingValidation.none() : IncomingValidation.parse(body);
        Asked asked = Asked.of(request.criteria(), input.parameters());
        HostedType type = exchange.type();
        if (input.resource() != null && !input.resourceType().equals(type.name())) {
            throw new FhirProblemException(new FhirProblem.WrongResourceType(type.name()));
        }
        return switch (asked.mode()) {
            case "" ->
                input.resource() == null
                        ? stored(exchange, id, asked.profiles())
                        : Answer.of(200, validate.content(type, input.resource(), asked.profiles()));
            case PROFILE -> {
                if (input.resource() != null) {
                    throw InvalidOperationParameter.refusal(
                            MODE, "'profile' is about a resource that is there, and has none with it");
                }
                yield stored(exchange, id, asked.profiles());
            }
            case "create" -> {
                requireWritten(actor, Action.CREATE, type);
                requireLevel(id == null, "'create' is asked of the type");
                yield Answer.of(200, validate.creation(type, resource(input), asked.profiles()));
            }
            case "update" -> {
                requireWritten(actor, Action.UPDATE, type);
                requireLevel(id != null, "'update' is asked of a resource");
                yield Answer.of(200, validate.update(type, id, resource(input), asked.profiles()));
            }
            case "delete" -> {
                requireWritten(actor, Action.DELETE, type);
                requireLevel(id != null, "'delete' is asked of a resource");
                StoredVersion version = read.apply(exchange, id);
                yield Answer.of(200, validate.deletion(new LocalReference(version.type(), version.id())))
                        .showing(List.of(Interactions.entity(version)));
            }
            default -> throw InvalidOperationParameter.refusal(MODE, "is create, update, delete or profile");
        };
    }

    private Answer stored(Exchange exchange, String id, List<String> profiles) {
        if (id == null) {
            throw missing();
        }
        StoredVersion version = read.apply(exchange, id);
        return Answer.of(200, validate.content(exchange.type(), version.content(), profiles))
                .showing(List.of(Interactions.entity(version)));
    }

    private static byte[] resource(IncomingValidation input) {
        if (input.resource() == null) {
            throw missing();
        }
        return input.resource();
    }

    private static FhirProblemException missing() {
        return InvalidOperationParameter.refusal("resource", "is expected");
    }

    /** What would come of a write is for those to know who may write. */
    private static void requireWritten(Actor actor, Action action, HostedType type) {
        if (!Policy.permits(actor, action, type)) {
            throw new FhirProblemException(new FhirProblem.Forbidden("$validate of a write", type.name()));
        }
        if (!type.isWritten()) {
            throw InvalidOperationParameter.refusal(MODE, "this type is not written at this service");
        }
    }

    private static void requireLevel(boolean is, String diagnostics) {
        if (!is) {
            throw InvalidOperationParameter.refusal(MODE, diagnostics);
        }
    }

    /** @param mode empty: none */
    private record Asked(String mode, List<String> profiles) {
        static Asked of(List<Map.Entry<String, String>> query, List<Map.Entry<String, String>> body) {
            String mode = "";
            List<String> profiles = new ArrayList<>();
            for (Map.Entry<String, String> parameter :
                    Stream.concat(query.stream(), body.stream()).toList()) {
                switch (parameter.getKey()) {
                    case MODE -> mode = parameter.getValue();
                    case PROFILE -> profiles.add(parameter.getValue());
                    default ->
                        throw InvalidOperationParameter.refusal(
                                parameter.getKey(), "is no parameter of this operation");
                }
            }
            return new Asked(mode, profiles);
        }
    }
}
