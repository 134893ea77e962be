/** Commands through a gateway, compared with producing them directly. */
package io.offerflow.bench.http;
