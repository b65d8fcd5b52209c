package org.carelog.checks;

import org.carelog.testing.house.House;
import org.junit.jupiter.api.Test;

class HouseTest {
    @Test
    void keepsTheRulesOfTheHouse() {
        House.checkTests();
    }
}
