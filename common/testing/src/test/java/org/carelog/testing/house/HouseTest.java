package org.carelog.testing.house;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HouseTest {

    @Test
    void theModuleKeepsTheRulesOfTheHouse() {
        House.check();
    }

    @Test
    void soDoItsTests() {
        House.checkTests();
    }

    /** Its own tests cannot: this module needs it. */
    @Test
    void soDoesTheEmbeddedPlatform() {
        House.check(
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.carelog.local"),
                House.rules());
    }
}
