package org.carelog.gateway;

import org.carelog.testing.house.House;
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
}
