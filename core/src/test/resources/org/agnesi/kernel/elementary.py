# Writes elementary.csv: points of every function, and its value to 1400 bits. Needs mpmath.
from mpmath import mp, mpf
import random, math, struct
mp.prec=1400
random.seed(5)
F={'EXP':mp.exp,'LOG':mp.log,'EXPM1':mp.expm1,'LOG1P':mp.log1p,'SIN':mp.sin,'COS':mp.cos,'TAN':mp.tan,'ASIN':mp.asin,'ACOS':mp.acos,'ATAN':mp.atan,
 'SINH':mp.sinh,'COSH':mp.cosh,'TANH':mp.tanh,'ERF':mp.erf,'ERFC':mp.erfc}
DOM={'EXP':(-745,709.7),'LOG':(5e-324,1.7e308),'EXPM1':(-745,709.7),'LOG1P':(-1+2**-53,1.7e308),'SIN':(-1.7e308,1.7e308),'COS':(-1.7e308,1.7e308),'TAN':(-1.7e308,1.7e308),
 'ASIN':(-1,1),'ACOS':(-1,1),'ATAN':(-1.7e308,1.7e308),'SINH':(-710.4,710.4),'COSH':(-710.4,710.4),'TANH':(-25,25),'ERF':(-6,6),'ERFC':(-6,26.5)}
near=[5e-324,1e-310,2.2250738585072014e-308,1e-200,1e-20,2**-53,2**-27,1e-5]
special={'EXP':[-745.13,-745.1332191019411,-708.4,-708.0,708.1,709.782712893384,-740.1,-720.5],'LOG':[4.9e-322,2.2250738585072014e-308,1.7976931348623157e308,math.sqrt(.5),math.sqrt(2)],
 'EXPM1':[708.1,709.78,-37.4,-36.7,-708.1],'LOG1P':[-1+2**-53,-0.9999,2**53,2.0**54+4,1e300],
 'SIN':[6381956970095103*2.0**797,math.pi,2*math.pi,3.1e5,1e22,1.7976931348623157e308,45371.2,99999.9,100000.1,411774.0],'TANH':[19.06,22,.3465,.35,.55],
 'SINH':[.3,1,22,709.9,710.4,-710.47],'ASIN':[.5,.49999999,1-2**-53,-1+2**-53,.97],'ATAN':[.4375,1,1.1875,2.4375,1e16,1e18,math.tan(math.pi/8)],
 'ERF':[.84375,.5,1,1.25,2,3,5.9],'ERFC':[.84375,.25,.5,1,1.25,2.857,6,10,26,26.5,26.543,-5.8,4.2]}
special['COS']=special['SIN']+[math.pi/2,3*math.pi/2,1e5*math.pi/2]; special['TAN']=special['COS']; special['COSH']=special['SINH']; special['ACOS']=special['ASIN']
def nearest(v):
    # correctly rounded double of mpf v (incl. subnormal) and rest in ulps
    if v==0: return 0.0,0.0
    a=abs(v); e=mp.floor(mp.log(a,2)); e=int(e)
    if a>=mpf(2)**(e+1): e+=1
    if a<mpf(2)**e: e-=1
    e=max(e,-1022)
    u=mpf(2)**(e-52)
    n=int(mp.nint(v/u)); 
    y=math.ldexp(n,e-52)
    return y,float(v/u-n)
def draw(lo,hi):
    r=random.random()
    if r<.3: return random.uniform(max(lo,-1e3),min(hi,1e3))
    if r<.6: return random.uniform(max(lo,-4),min(hi,4))
    while True:
        x=random.choice([-1,1])*math.ldexp(1+random.random(),random.randint(-40,60) if r<.9 else random.randint(-1060,1023))
        if lo<=x<=hi: return x
out=[]
def put(f,args,v):
    y,rest=nearest(v)
    if math.isinf(y) or y==0: return
    out.append(f+','+','.join(a.hex() for a in args)+','+y.hex()+',%.4f'%rest)
for f,g in F.items():
    lo,hi=DOM[f]
    xs=[x for x in near+[-x for x in near] if lo<=x<=hi]+special[f]+[draw(lo,hi) for _ in range(80)]
    for x in xs:
        v=g(mpf(x))
        put(f,[float(x)],v)
def powpoint():
    r=random.random()
    if r<.4: return random.uniform(0,4),random.uniform(-300,300)
    if r<.6: x=math.ldexp(1+random.random(),random.randint(-1000,1000)); return x,random.uniform(-1,1)
    if r<.8: return 1+random.choice([-1,1])*math.ldexp(random.random()+1,random.randint(-50,-3)),math.ldexp(random.random()+.5,random.randint(0,50))
    return -random.uniform(0,9),float(random.randint(-300,300))
n=0
for x,y in [(1.0000000000000002,1e18),(0.9999999999999999,6e17),(2.0,-1074.0),(2.0,-1073.5),(5e-324,.5),(5e-324,-.9),(1e-310,.99),(-2.0,-1071.0),(-3.0,3.0),(10.0,308.0),(10.0,-323.0),(.5,1074.0),(1.5,2.0),(1e300,1.02)]+[powpoint() for _ in range(300)]:
    lx=mp.log(abs(mpf(x)))*mpf(y)
    if abs(lx)>745: continue
    v=mp.power(abs(mpf(x)),mpf(y))
    if x<0 and int(y)%2: v=-v
    put('POW',[float(x),float(y)],v); n+=1
for _ in range(120):
    r=random.random()
    if r<.5: a,b=random.uniform(-3,3),random.uniform(-3,3)
    else: a,b=[random.choice([-1,1])*math.ldexp(1+random.random(),random.randint(-60,60) if r<.8 else random.randint(-1060,1000)) for _ in 'ab']
    put('ATAN2',[a,b],mp.atan2(mpf(a),mpf(b)))
for _ in range(60): # where fdlibm, and so StrictMath, is off by up to 600 ulp
    x=1+random.choice([-1,1])*math.ldexp(1+random.random(),random.randint(-34,-21)); y=float(round(random.uniform(-700,700)/math.log(x)))
    if abs(y)<2**31: continue
    v=mp.power(mpf(x),mpf(y)); put('POW',[x,y],v); put('POW',[-x,y],-v if int(y)%2 else v)
open('elementary.csv','w').write('\n'.join(out)+'\n')
