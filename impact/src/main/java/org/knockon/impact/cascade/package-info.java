/** Which systems and services go with which, and what began it all (design sections 1 and 3.6). */
package org.knockon.impact.cascade;
