package org.knockon.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0",
        "::ffff:192.0.2.7, 192.0.2.7",
        "a.name.example, a.name.example",
        "not:an:address, not:an:address"
    })
    void isTheNetworkOfAnIpv6Address(String address, String block) {
        assertThat(AddressBlock.of(address)).isEqualTo(block);
    }

    @Test
    void isTheSameForAllHostsOfANetwork() throws Exception {
        InetAddress one = AddressBlock.of(InetAddress.getByName("2001:db8::1"));
        assertThat(AddressBlock.of(InetAddress.getByName("2001:db8::2"))).isEqualTo(one);
        assertThat(AddressBlock.of(InetAddress.getByName("2001:db8:0:1::1"))).isNotEqualTo(one);
    }
}
