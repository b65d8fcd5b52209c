package org.carelog.fhir;

import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.IParserErrorHandler;
import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Collects what the parser of XML finds wrong, in our words: the parser's may quote the record. */
final class FaultCollector extends ErrorHandlerAdapter {
    /** As many as are told. */
    private static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();

    List<Fault> faults() {
        return faults;
    }

    @Override
    public void unknownElement(IParserErrorHandler.IParseLocation location, String name) {
        add(IssueType.STRUCTURE, location, name, "This element is not known here");
    }

    @Override
    public void unknownAttribute(IParserErrorHandler.IParseLocation location, String name) {
        add(IssueType.STRUCTURE, location, name, "This attribute is not known here");
    }

    @Override
    public void unexpectedRepeatingElement(IParserErrorHandler.IParseLocation location, String name) {
        add(IssueType.STRUCTURE, location, name, "This element does not repeat");
    }

    @Override
    public void invalidValue(IParserErrorHandler.IParseLocation location, String value, String error) {
        add(IssueType.VALUE, location, "", "The value is not one that this element may have");
    }

    @Override
    public void missingRequiredElement(IParserErrorHandler.IParseLocation location, String name) {
        add(IssueType.REQUIRED, location, name, "This element is required");
    }

    @Override
    public void containedResourceWithNoId(IParserErrorHandler.IParseLocation location) {
        add(IssueType.REQUIRED, location, "", "A contained resource needs an id");
    }

    @Override
    public void invalidInternalReference(IParserErrorHandler.IParseLocation location, String reference) {
        add(IssueType.NOTFOUND, location, "", "The reference points to no contained resource");
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(IParserErrorHandler.IParseLocation location) {
        add(IssueType.STRUCTURE, location, "", "An extension has a value or extensions, not both");
    }

    private void add(IssueType code, IParserErrorHandler.IParseLocation location, String name, String diagnostics) {
        if (faults.size() < MOST) {
            faults.add(new Fault(code, path(location, name), diagnostics));
        }
    }

    private static String path(IParserErrorHandler.IParseLocation location, String name) {
        String parent =
                location == null || location.getParentElementName() == null ? "" : location.getParentElementName();
        return parent.isEmpty() || name.isEmpty() ? parent + name : parent + "." + name;
    }
}
