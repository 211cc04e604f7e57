/// A model of 120 children, with money.
public enum SmallModel {
    /// Files by name.
    public static let files: [String: String] = [
        "model.yaml": "title: Toy\nbase: 2026\nhorizon: 3\nruns: 16\nseed: 1\ngrowth: given\n",
        "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,40\n7,HI,MS,20\n",
        "settings.csv": """
        setting,name,group,min_age,max_age,in_area,scap,dsg,reform
        MS,Mainstream,mainstream,0,25,yes,,,
        SS,Special,state special,4,19,yes,SS,,
        IS,Independent special,independent special,4,25,no,IN,,

        """,
        "needs.csv": "need,name,dsg,reform\nASD,ASD,,\nHI,HI,,\n",
        "population.csv": "january,age,population\n"
            + (2026...2029).flatMap { year in (0...25).map { "\(year),\($0),1000\n" } }.joined(),
        "growth.csv": "need,january,factor,source\nany,2027,1.05,x\nany,2028,1.1,x\nany,2029,1.1,x\n",
        "rates/entry.csv": "age,need,setting,share,weight,source\nany,any,MS,1,1000,x\n",
        "rates/joiners.csv": "age,need,rate,weight,source\n5,ASD,0.01,1000,x\n6,HI,0.002,1000,x\n",
        "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0.05,1000,x\n",
        "rates/movers.csv":
            "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0.04,1000,x\n11,any,SS,IS,0.1,50,x\n",
        "rates/transfers.csv": "flow,age,rate,source\nout,7,0.01,x\nin,7,0.01,x\n",
        "rates/deviations.csv": "flow,group,sd,source\njoiners,,0.1,x\nleavers,,0.1,x\nentering,mainstream,0.1,x\n",
        "costs.csv": "line,setting,cost,unit,price_year,index\nTop-ups,SS,5000,plan-year,2025-26,pay\n"
            + "Support,MS,9000,plan-year,,\nFees,IS,60000,plan-year,,\n",
        "contributions.csv":
            "line,payer,share,share_low,share_high,date,quality\nTop-ups,pool,0.2,0.1,0.3,2025,red\n",
        "pools.csv":
            "fund,payer,contribution,risk_share,source,date,quality\npool,health,1000,1,x,2025,red\n",
        "inflation.csv": "index,financial_year,factor\npay,2026-27,1.05\npay,2027-28,1.03\n",
        "funding.csv": "financial_year,item,amount,uncertainty\n2025-26,high needs block,500000,\n"
            + "2025-26,growth,0.03,0.02\n"
            + "2026-27,opening balance,-500000,50000\n2026-27,recoupment,20000,\n",
        "transport.csv":
            "line,setting,min_age,max_age,transported,near,far,out_of_county,pass,minibus,fleet,taxi,solo,uncertainty\n"
            + "Near,SS,0,15,0.8,0.75,0.25,0,0,0.5,0,0.5,0.2,0.1\n",
        "transport-costs.csv": "mode,near,far,out_of_county,price_year,index\nminibus,4000,6000,8000,2025-26,pay\n"
            + "shared taxi,6000,9000,12000,2025-26,pay\nsolo taxi,10000,15000,20000,2025-26,pay\n",
        "outturn.csv": "financial_year,line,amount,source\n2026-27,Support,450000,x\n",
        "places.csv":
            "provision,setting,needs,min_age,max_age,september,places,overfill,area\nThe School,SS,any,4,19,2020,70,0.1,north; a\n",
        "overflow.csv": "setting,need,age_band,order,to_setting,share\nSS,any,any,1,IS,1\n",
        "areas.csv": "area_set,area,min_age,max_age,need,share,children,population,spread,source,date,quality\n"
            + "half,north,0,25,any,0.4,,,0.1,x,2025,amber\nhalf,south,0,25,any,0.6,,,0.1,x,2025,amber\n"
            + "town,a,0,25,ASD,,30,,,x,2025,green\ntown,b,0,25,ASD,,50,,,x,2025,green\n",
        "areas.geojson": """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"area_set":"half","area":"north"},
        "geometry":{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}}]}

        """,
        "out-of-area.csv":
            "setting,need,share,share_low,share_high,source,date,quality\nIS,any,0.5,0.4,0.6,x,2025,red\n",
        "support.csv":
            "january,phase,need,pupils,people,source,quality\n2025,primary,any,650,7000,x,green\n2025,secondary,any,480,5000,x,green\n"
            + "2026,primary,any,700,7000,x,green\n2026,primary,ASD,200,7000,x,green\n2026,secondary,any,500,5000,x,green\n",
        "support-rates.csv":
            "rate,phase,low,likely,high,source,date,quality\nleaving,primary,0.1,0.15,0.2,x,2025,red\n",
        "law.csv":
            "decision,rate,low,likely,high,source,date,quality\nassessment,refused,0.3,0.4,0.5,x,2025,amber\n"
            + "any,appeal-cost,4000,5000,6000,x,2025,red\n",
        "prevalence.csv":
            "name,of,age_band,need,per_1000,low,high,agency,source,date,quality\nill,people,5-15,any,100,80,120,health,x,2025,red\n"
            + "therapy,model,5 to 10,ASD,500,,,health,x,2025,red\n",
        "indicators.csv": "indicator,year,category,value,source\nresidential-places,2025,all,4,x\n",
    ]
}
