/* Random numbers of cisim.core.draws: Philox4x32-10 on the keys of a draw, and the normal quantile AS 241. */

#include <math.h>
#include <stdint.h>

typedef struct { uint64_t w0, w1, w2, w3; } Words;

static inline Words block(int64_t seed, int64_t replicate, int64_t community, int64_t entity, int64_t month, int64_t purpose)
{
    const uint64_t low = 0xFFFFFFFFu;
    uint64_t c0 = (uint64_t)entity & low, c1 = (uint64_t)month | ((uint64_t)purpose << 16);
    uint64_t c2 = (uint64_t)replicate & low, c3 = (uint64_t)community & low;
    uint64_t k0 = (uint64_t)seed & low, k1 = (uint64_t)seed >> 32;
    for (int round = 0; round < 10; round++) {
        uint64_t product_0 = 0xD2511F53u * c0, product_1 = 0xCD9E8D57u * c2;
        c0 = (product_1 >> 32) ^ c1 ^ k0;
        c1 = product_1 & low;
        c2 = (product_0 >> 32) ^ c3 ^ k1;
        c3 = product_0 & low;
        k0 = (k0 + 0x9E3779B9u) & low;
        k1 = (k1 + 0xBB67AE85u) & low;
    }
    return (Words){c0, c1, c2, c3};
}

static inline double unit(uint64_t high, uint64_t low)
{
    return ((double)(high >> 5) * 67108864.0 + (double)(low >> 6) + 0.5) / 9007199254740992.0;
}

static const double A[8] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
                            13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
static const double B[8] = {5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
                            5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0};
static const double C[8] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                            1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
                            4.6303378461565452959, 1.42343711074968357734};
static const double D[8] = {1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
                            0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
                            2.05319162663775882187, 1.0};
static const double E[8] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
                            0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
                            5.4637849111641143699, 6.6579046435011037772};
static const double F[8] = {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
                            7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
                            0.59983220655588793769, 1.0};

static inline double ratio(const double *top, const double *bottom, double x)
{
    double numerator = 0.0, denominator = 0.0;
    for (int i = 0; i < 8; i++) {
        numerator = numerator * x + top[i];
        denominator = denominator * x + bottom[i];
    }
    return numerator / denominator;
}

static inline double inverse_normal(double p)
{
    double q = p - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(A, B, 0.180625 - q * q);
    double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double value = r <= 5.0 ? ratio(C, D, r - 1.6) : ratio(E, F, r - 5.0);
    return q < 0.0 ? -value : value;
}

static inline double uniform(int64_t seed, int64_t replicate, int64_t community, int64_t entity, int64_t month, int64_t purpose)
{
    Words w = block(seed, replicate, community, entity, month, purpose);
    return unit(w.w0, w.w1);
}

static inline double second_uniform(int64_t seed, int64_t replicate, int64_t community, int64_t entity, int64_t month, int64_t purpose)
{
    Words w = block(seed, replicate, community, entity, month, purpose);
    return unit(w.w2, w.w3);
}

static inline double normal(int64_t seed, int64_t replicate, int64_t community, int64_t entity, int64_t month, int64_t purpose)
{
    return inverse_normal(second_uniform(seed, replicate, community, entity, month, purpose));
}
